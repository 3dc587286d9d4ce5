namespace SuperRes.Cli.Commands.Upscale;

/// <summary>Where paths lead once every link on the way is followed, folders' links too: two names of one file become the same.</summary>
internal sealed class LinkedPaths
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>The full path without links, of a file or folder that need not be there.</summary>
    public string Target(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetDirectoryName(full) is { } folder ? Follow(Path.Combine(TargetOfFolder(folder), Path.GetFileName(full))) : full;
    }

    private string TargetOfFolder(string folder)
    {
        if (!_folders.TryGetValue(folder, out var target))
        {
            _folders[folder] = target = Target(folder);
        }

        return target;
    }

    private string Follow(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? Target(target.FullName) : path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there yet, or a link that leads nowhere.
            return path;
        }
    }
}
