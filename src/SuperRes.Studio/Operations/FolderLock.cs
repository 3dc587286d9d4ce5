namespace SuperRes.Studio.Operations;

/// <summary>
/// Says of a folder that a process works in it: held until it is disposed of, and by nobody once that process has ended,
/// however it ended. The lock's file stays, and tells a folder that was left behind from one that is just being made.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = "lock";

    private readonly FileStream _file;

    /// <exception cref="IOException">Another has it, or the folder can't be written to.</exception>
    private FolderLock(string folder) =>
        _file = new FileStream(FileIn(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes the lock of a folder.</summary>
    /// <exception cref="IOException">Another has it, or the folder can't be written to.</exception>
    public static FolderLock Take(string folder) => new(folder);

    /// <summary>Whether a folder has a lock, held or left behind.</summary>
    public static bool IsIn(string folder) => File.Exists(FileIn(folder));

    /// <summary>Whether somebody holds a folder's lock, or it is another user's.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            using var file = new FileStream(FileIn(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Notes that the folder is in use: whoever cleans up by age takes for left what has not changed for days.</summary>
    public static void Touch(string folder) => File.SetLastWriteTimeUtc(FileIn(folder), DateTime.UtcNow);

    public void Dispose() => _file.Dispose();

    private static string FileIn(string folder) => Path.Combine(folder, Name);
}
