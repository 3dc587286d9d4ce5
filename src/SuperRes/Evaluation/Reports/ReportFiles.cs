using System.Text;
using SuperRes.Evaluation.Figures;
using SuperRes.Evaluation.Reports.Html;
using SuperRes.Pixels;

namespace SuperRes.Evaluation.Reports;

/// <summary>Writes an evaluation into a folder: <c>report.json</c>, <c>.md</c>, <c>.csv</c>, <c>.html</c> and <c>figures/*.png</c>.</summary>
public static class ReportFiles
{
    /// <summary>The files that every report has, figures apart.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["report.json", "report.csv", "report.md", "report.html"];

    /// <summary>
    /// Writes every form of the report. A file is written beside its place and then moved there, so that an interrupted run
    /// leaves no half-written one; files of these names are replaced, others in the folder are left alone.
    /// </summary>
    /// <param name="run">The evaluation.</param>
    /// <param name="folder">Made where it does not exist.</param>
    /// <param name="encodePng">Encodes an 8-bit gray or RGB picture as a PNG file.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Full paths of the files. The JSON comes last: where it is, the report is whole.</returns>
    /// <exception cref="IOException">The folder can't be written to, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written to.</exception>
    public static IReadOnlyList<string> Write(
        EvaluationRun run, string folder, Func<ImageBuffer, byte[]> encodePng, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(encodePng);
        var written = new List<string>();
        void Put(string file, Func<byte[]> content)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.GetFullPath(Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar)));
            Replace(path, content());
            written.Add(path);
        }

        // An earlier report is no longer whole from here on.
        Directory.CreateDirectory(folder);
        File.Delete(Path.Combine(folder, "report.json"));
        Put("report.csv", () => Encoding.UTF8.GetBytes(CsvReport.Write(run.Report)));
        Put("report.md", () => Encoding.UTF8.GetBytes(MarkdownReport.Write(run.Report)));
        Put("report.html", () => Encoding.UTF8.GetBytes(HtmlReport.Write(run.Report, run.Figures, encodePng)));
        foreach (var figure in run.Figures)
        {
            Put(figure.Reference.File, () => encodePng(FigurePainter.Paint(figure)));
        }

        // The truth last: where it is, the report is whole.
        Put("report.json", () => Encoding.UTF8.GetBytes(run.Report.ToJson() + "\n"));
        return written;
    }

    private static void Replace(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".part";
        try
        {
            File.WriteAllBytes(unfinished, content);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
