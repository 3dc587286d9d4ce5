namespace SuperRes.Cli.Commands.Upscale;

/// <summary>How file names compare on this system.</summary>
internal static class FilePaths
{
    /// <summary>The name that stands for stdin or stdout.</summary>
    public const string StandardStream = "-";

    /// <summary>Equal where the usual file system of this platform sees one file.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Whether a name is that of a device or of an open stream (/dev/null, /dev/stdout, bash's <c>&gt;(command)</c>), which can't be overwritten.</summary>
    public static bool IsDevice(string path)
    {
        var full = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
    }
}
