namespace SuperRes.Cli.Commands.Upscale;

/// <summary>Where paths lead once every link on the way is followed, folders' links too: two names of one file become the same.</summary>
internal sealed class LinkedPaths
{
    // As many as the kernel follows: a link may lead to itself.
    private const int MostLinks = 40;

    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>The full path without links, of a file or folder that need not be there.</summary>
    public string Target(string path) => Target(path, MostLinks);

    private string Target(string path, int links)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetDirectoryName(full) is { } folder ? Follow(Path.Combine(TargetOfFolder(folder, links), Path.GetFileName(full)), links) : full;
    }

    private string TargetOfFolder(string folder, int links)
    {
        if (!_folders.TryGetValue(folder, out var target))
        {
            _folders[folder] = target = Target(folder, links);
        }

        return target;
    }

    private string Follow(string path, int links)
    {
        try
        {
            return links > 0 && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? Target(target.FullName, links - 1) : path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there yet, or a link that leads nowhere.
            return path;
        }
    }
}
