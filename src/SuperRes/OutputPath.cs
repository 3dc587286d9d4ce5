namespace SuperRes;

/// <summary>Where a file that is written comes to lie, and under which name until it is whole.</summary>
internal static class OutputPath
{
    /// <summary>What the temporary names in a folder look like, as a search pattern.</summary>
    public const string TemporaryPattern = ".superres-*.tmp";

    private const int BufferSize = 1 << 16;

    /// <summary>The whole path, and through a symbolic link that of the file it leads to in the end: that one is replaced, not the link.</summary>
    public static string Target(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);

    /// <summary>
    /// A name in the file's folder for what is not complete yet: short, for the file's own may be as long as names can be, and by
    /// chance, not by process: in a container every process may be number 1.
    /// </summary>
    public static string TemporaryFor(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".superres-{Guid.NewGuid():N}.tmp");

    /// <summary>Whether a name is that of a device or of an open stream (/dev/null, /dev/stdout, bash's <c>&gt;(command)</c>), which is never replaced.</summary>
    public static bool IsDevice(string path)
    {
        var full = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
    }

    /// <summary>Opens a device or a pipe under a name, such as /dev/null, which is written into and never renamed over; null for a file or nothing.</summary>
    /// <exception cref="IOException">It can't be written into.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written into.</exception>
    public static FileStream? OpenDevice(string path)
    {
        var full = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows() || !File.Exists(full))
        {
            return null;
        }

        var isDevice = IsDevice(full) || IsDevice(Target(full));
        try
        {
            var stream = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferSize);
            if (isDevice || !stream.CanSeek)
            {
                return stream;
            }

            stream.Dispose();
            return null;
        }
        catch (Exception error) when (!isDevice && error is IOException or UnauthorizedAccessException)
        {
            // A file that may not be written may still be replaced.
            return null;
        }
    }

    /// <summary>Gives what will replace a file the permissions of that file, where there is one.</summary>
    public static void KeepPermissions(string target, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
        }
    }
}
