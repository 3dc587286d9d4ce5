using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Cli.Commands.Data;

/// <summary>Reads <c>FOLDER@NAMES</c>: a data set, or some of its images.</summary>
internal static class ImageChoice
{
    /// <summary>Between a folder and names.</summary>
    public const char Separator = '@';

    /// <summary>Opens the sets of a folder, of each the images that are named.</summary>
    /// <exception cref="Imaging.Data.DatasetException">The folder is no data set, or a choice of names chooses nothing.</exception>
    public static IEnumerable<DatasetFolder> Open(string term)
    {
        var (path, names) = Split(term);
        return DatasetFolder.OpenAll(path).Select(set => set.Select(names));
    }

    /// <summary>The folder, and the names where there are some.</summary>
    public static (string Path, string? Names) Split(string term)
    {
        var at = term.LastIndexOf(Separator);
        return at <= 0 || Directory.Exists(term) ? (term, null) : (term[..at], term[(at + 1)..]);
    }
}
