using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Reports;
using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Cli.Commands.Evaluate;

/// <summary>Where an evaluation's report goes. Checked before the work, written after it.</summary>
internal sealed class ReportFolder
{
    private readonly string _path;

    private ReportFolder(string path) => _path = path;

    /// <summary>The report for a browser.</summary>
    public string Page => Path.Combine(_path, "report.html");

    /// <summary>Makes the folder.</summary>
    /// <exception cref="CommandException">It holds a file of a report already, it is a file, or it can't be written to.</exception>
    public static ReportFolder Prepare(string path, bool overwrite)
    {
        if (File.Exists(path))
        {
            throw CommandException.Usage($"'{path}' is a file; the report is a folder of several. Choose another -o.");
        }

        if (!overwrite && ReportFiles.Names.FirstOrDefault(name => File.Exists(Path.Combine(path, name))) is { } name)
        {
            throw CommandException.Usage($"'{path}' holds a '{name}' already. Add --overwrite to replace it, or choose another -o.");
        }

        OutputFolder.Prepare(path, "-o");
        return new ReportFolder(path);
    }

    /// <summary>Writes every form of the report, and the pictures it shows.</summary>
    public void Write(EvaluationRun run, CancellationToken cancellationToken) => ReportFiles.Write(run, _path, EncodePng, cancellationToken);

    private static byte[] EncodePng(ImageBuffer picture)
    {
        using var stream = new MemoryStream();
        ImageFile.Write(stream, picture, metadata: null, new ImageWriteOptions { Format = ImageFormat.Png });
        return stream.ToArray();
    }
}
