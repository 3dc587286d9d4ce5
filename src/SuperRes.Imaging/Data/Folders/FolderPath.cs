namespace SuperRes.Imaging.Data.Folders;

/// <summary>Paths of folders, however they are written: <c>set</c>, <c>set/</c>, <c>./set</c>.</summary>
internal static class FolderPath
{
    /// <summary>Whether two paths lead to one folder; links are not followed.</summary>
    public static bool IsSame(string one, string other) => string.Equals(
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(one)),
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(other)),
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
