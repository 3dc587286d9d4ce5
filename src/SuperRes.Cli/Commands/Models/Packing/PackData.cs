using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Cli.Commands.Models.Packing;

/// <summary>Reads <c>FOLDER@NAMES</c>: a data set, or some of its images.</summary>
internal static class PackData
{
    private const char Separator = '@';

    /// <summary>Opens the sets on one kind of low-resolution images.</summary>
    /// <exception cref="CommandException">A folder is no data set, a choice of names chooses nothing, or there are no such images for the scale.</exception>
    public static IReadOnlyList<FolderEvaluationSet> Open(IReadOnlyList<string> terms, string track, int scale)
    {
        try
        {
            FolderEvaluationSet[] sets = [.. terms.SelectMany(term => Open(term, track))];
            Array.ForEach(sets, set => set.EnsureTrack([scale]));
            return sets.GroupBy(set => set.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? throw CommandException.Usage($"Two sets of --data are called '{twice.Key}', and the card could not tell them apart. Name images of one folder together, separated by commas: FOLDER{Separator}a,b.")
                : sets;
        }
        catch (DatasetException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    /// <summary>The sets of which only some images were chosen, in words: <c>DIV2K_valid: images 0851..0900</c>.</summary>
    public static IReadOnlyList<string> Selections(IReadOnlyList<string> terms) =>
        [.. terms.Select(Split).Where(part => part.Names is not null).Select(part => $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(part.Path))}: images {part.Names}")];

    private static (string Path, string? Names) Split(string term)
    {
        var at = term.LastIndexOf(Separator);
        return at <= 0 || Directory.Exists(term) ? (term, null) : (term[..at], term[(at + 1)..]);
    }

    private static IEnumerable<FolderEvaluationSet> Open(string term, string track)
    {
        var (path, names) = Split(term);
        return DatasetFolder.OpenAll(path).Select(set => new FolderEvaluationSet(set.Select(names), track));
    }
}
