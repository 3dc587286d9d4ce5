using System.IO.Compression;
using SuperRes.Imaging.Reading;

namespace SuperRes.Imaging.Data.Download;

/// <summary>Decides where an archive's entry may go, and whether it may go anywhere.</summary>
internal static class ZipEntryName
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixFolder = 0x4000;
    private const int UnixRegularFile = 0x8000;

    /// <summary>The entry's path below the target folder, with forward slashes and, for a folder, one at the end.</summary>
    /// <exception cref="DatasetException">The entry would leave the folder, or is neither a file nor a folder.</exception>
    public static string Check(ZipArchiveEntry entry, string archive)
    {
        // Some Windows programs write backslashes; they separate folders there, so they must here.
        var name = entry.FullName.Replace('\\', '/');
        var type = (entry.ExternalAttributes >> 16) & UnixTypeMask;
        var fault =
            entry.IsEncrypted ? "is encrypted"
            : type is not (0 or UnixFolder or UnixRegularFile) ? "is a link or a device, not a file"
            : FindFault(name);
        return fault is null
            ? name
            : throw new DatasetException($"'{archive}' was not unpacked: its entry '{InputFile.Printable(entry.FullName)}' {fault}. The archive is damaged or hostile.");
    }

    /// <summary>Whether a file's path, with forward slashes, stays below the folder that it is taken from.</summary>
    public static bool StaysInside(string path) => !path.EndsWith('/') && !path.Contains('\\') && FindFault(path) is null;

    private static string? FindFault(string name)
    {
        // ':' names a drive or a stream on Windows; the others are no file names there.
        if (name.AsSpan().ContainsAny(":*?\"<>|") || name.Any(char.IsControl))
        {
            return "has a character that no file name should have";
        }

        var segments = (name.EndsWith('/') ? name[..^1] : name).Split('/');
        return segments.Any(segment => segment is "" or "." or ".." || segment[^1] is '.' or ' ')
            ? "would be written outside of the target folder"
            : null;
    }
}
