using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Data;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Cli.Commands.Models.Packing;

/// <summary>The data sets that a card measures on.</summary>
internal static class PackData
{
    /// <summary>Opens the sets on one kind of low-resolution images.</summary>
    /// <exception cref="CommandException">A folder is no data set, a choice of names chooses nothing, or there are no such images for the scale.</exception>
    public static IReadOnlyList<FolderEvaluationSet> Open(IReadOnlyList<string> terms, string track, int scale)
    {
        try
        {
            FolderEvaluationSet[] sets = [.. terms.SelectMany(ImageChoice.Open).Select(set => new FolderEvaluationSet(set, track))];
            Array.ForEach(sets, set => set.EnsureTrack([scale]));
            return sets.GroupBy(set => set.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? throw CommandException.Usage($"Two sets of --data are called '{twice.Key}', and the card could not tell them apart. Name images of one folder together, separated by commas: FOLDER{ImageChoice.Separator}a,b.")
                : sets;
        }
        catch (DatasetException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    /// <summary>The sets of which only some images were chosen, in words: <c>DIV2K_valid: images 0851..0900</c>.</summary>
    public static IReadOnlyList<string> Selections(IReadOnlyList<string> terms) =>
        [.. terms.Select(ImageChoice.Split).Where(part => part.Names is not null).Select(part => $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(part.Path))}: images {part.Names}")];
}
