namespace SuperRes.Cli.Commands.Upscale;

/// <summary>How file names compare on this system.</summary>
internal static class FilePaths
{
    /// <summary>The name that stands for stdin or stdout.</summary>
    public const string StandardStream = "-";

    /// <summary>Equal where the usual file system of this platform sees one file.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
