using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Figures;
using SuperRes.Imaging;

namespace SuperRes.Cli.Commands.Evaluate;

/// <summary>Where an evaluation's report goes. Checked before the work, written after it.</summary>
internal sealed class ReportFolder
{
    private const string JsonName = "report.json";

    private readonly string _path;

    private ReportFolder(string path) => _path = path;

    /// <summary>Makes the folder.</summary>
    /// <exception cref="CommandException">It holds a report already, or it is a file.</exception>
    public static ReportFolder Prepare(string path, bool overwrite)
    {
        if (File.Exists(path))
        {
            throw CommandException.Usage($"'{path}' is a file; the report is a folder of several. Choose another -o.");
        }

        if (!overwrite && File.Exists(Path.Combine(path, JsonName)))
        {
            throw CommandException.Usage($"'{path}' holds a report already. Add --overwrite to replace it, or choose another -o.");
        }

        Directory.CreateDirectory(path);
        return new ReportFolder(path);
    }

    /// <summary>Writes every form of the report, and the pictures it shows.</summary>
    public void Write(EvaluationRun run, CancellationToken cancellationToken)
    {
        foreach (var figure in run.Figures)
        {
            var file = Path.Combine(_path, figure.Reference.File);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            ImageFile.Write(file, FigurePainter.Paint(figure), cancellationToken: cancellationToken);
        }

        // The JSON last: where it is, the report is whole.
        WriteText(JsonName, run.Report.ToJson());
    }

    private void WriteText(string name, string text)
    {
        var temporary = Path.Combine(_path, $".{name}.{Environment.ProcessId}.part");
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, Path.Combine(_path, name), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
