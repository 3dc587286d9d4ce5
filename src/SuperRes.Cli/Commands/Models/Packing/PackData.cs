using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Cli.Commands.Models.Packing;

/// <summary>Reads <c>FOLDER@NAMES</c>: a data set, or some of its images.</summary>
internal static class PackData
{
    private const char Separator = '@';

    /// <exception cref="CommandException">A folder is no data set, or a choice of names chooses nothing.</exception>
    public static IReadOnlyList<FolderEvaluationSet> Open(IReadOnlyList<string> terms)
    {
        try
        {
            return [.. terms.SelectMany(Open)];
        }
        catch (DatasetException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    private static IEnumerable<FolderEvaluationSet> Open(string term)
    {
        var at = term.LastIndexOf(Separator);
        var (path, names) = at <= 0 || Directory.Exists(term) ? (term, null) : (term[..at], term[(at + 1)..]);
        return DatasetFolder.OpenAll(path).Select(set => new FolderEvaluationSet(set.Select(names)));
    }
}
