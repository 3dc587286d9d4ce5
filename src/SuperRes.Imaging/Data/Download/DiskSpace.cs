namespace SuperRes.Imaging.Data.Download;

/// <summary>Free space on disks.</summary>
internal static class DiskSpace
{
    /// <summary>Bytes that this user may still write to the disk that holds an existing folder; <see cref="long.MaxValue"/> where the system does not tell.</summary>
    public static long Available(string folder)
    {
        try
        {
            var full = Path.GetFullPath(folder);
            // Windows names drives by their root; elsewhere any path on the file system will do, and its root may be another one.
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(full)! : full).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }

    /// <exception cref="DatasetException">The disk lacks the space.</exception>
    public static void Demand(long bytes, string folder, string what, Func<string, long> available)
    {
        var free = available(folder);
        if (free < bytes)
        {
            throw new DatasetException(
                $"{what} needs {ByteSize.Format(bytes)} in '{folder}', and {ByteSize.Format(free)} are free there. Free some space or choose another folder.");
        }
    }
}
