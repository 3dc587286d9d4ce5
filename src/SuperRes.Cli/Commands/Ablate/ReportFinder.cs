using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation.Studies;

namespace SuperRes.Cli.Commands.Ablate;

/// <summary>Finds and reads the reports of experiments.</summary>
internal static class ReportFinder
{
    private const string FileName = "report.json";

    /// <summary>Every report that is named, or lies in a folder that is named, with its name: the folder it lies in.</summary>
    /// <param name="paths">Files, and folders that are looked through.</param>
    /// <param name="note">Says what was found in a folder and is no experiment's report.</param>
    /// <param name="cancellationToken">Stops between two reports.</param>
    /// <exception cref="CommandException">What is named is not there, or is no experiment's report.</exception>
    public static IReadOnlyList<(string Source, StudyReport Report)> Read(IEnumerable<string> paths, Action<string> note, CancellationToken cancellationToken)
    {
        var reports = new List<(string Source, string Path, StudyReport Report)>();
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reports.AddRange(Directory.Exists(path) ? InFolder(path, note, cancellationToken) : [Named(path)]);
        }

        // Two experiments of one name, of two machines say, are told apart by all of their paths.
        var twice = reports.GroupBy(report => report.Source).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        return [.. reports.Select(report => (twice.Contains(report.Source) ? report.Path : report.Source, report.Report))];
    }

    private static (string Source, string Path, StudyReport Report) Named(string path)
    {
        if (!File.Exists(path))
        {
            throw CommandException.Usage($"'{path}' does not exist. Name a report.json that 'superres ablate' wrote, or a folder with some in it.");
        }

        try
        {
            return (Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : path, path, StudyReport.FromJson(File.ReadAllText(path)));
        }
        catch (InvalidDataException exception)
        {
            throw CommandException.Usage($"'{path}': {exception.Message}", exception);
        }
    }

    private static List<(string Source, string Path, StudyReport Report)> InFolder(string folder, Action<string> note, CancellationToken cancellationToken)
    {
        var reports = new List<(string Source, string Path, StudyReport Report)>();
        foreach (var file in Directory.EnumerateFiles(folder, FileName, SearchOption.AllDirectories).OrderBy(Path.GetDirectoryName, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var parent = Path.GetDirectoryName(file)!;
                var source = Path.GetRelativePath(folder, parent);
                reports.Add((source == "." ? folder : source, parent, StudyReport.FromJson(File.ReadAllText(file))));
            }
            catch (InvalidDataException)
            {
                note($"note: '{file}' is no report of an experiment, and is left out.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                note($"note: '{file}' can't be read, and is left out: {exception.Message}");
            }
        }

        return reports.Count > 0 ? reports : throw CommandException.Usage($"'{folder}' has no {FileName} of an experiment in it. 'superres ablate EXPERIMENT --report' writes one.");
    }
}
