using System.Collections.Concurrent;
using System.Security.Cryptography;
using SuperRes.Imaging;

namespace SuperRes.Studio.Operations;

/// <summary>
/// The folder that uploads and results live in: readable by its owner only, removed with the server. A folder that a
/// killed server left behind is removed by the next one, which sees that nobody holds its lock.
/// </summary>
internal sealed class TemporaryStorage : IDisposable
{
    private const string Prefix = "superres-studio-";

    private readonly ConcurrentQueue<string> _undeleted = new();
    private readonly string _folder;
    private FolderLock _lock;

    public TemporaryStorage()
    {
        RemoveAbandoned();
        _folder = Directory.CreateTempSubdirectory(Prefix).FullName;
        _lock = FolderLock.Take(_folder);
    }

    public string Folder => _folder;

    /// <summary>A name that nobody can guess and that no user had a hand in: 128 random bits.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A path of this folder for a new file.</summary>
    public string NewPath(string id, string extension) => Path.Combine(_folder, id + extension);

    /// <summary>Runs what writes an image file of this folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is, as a sentence begins: "The result".</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="StudioException">It could not be stored.</exception>
    public static T Storing<T>(string path, string what, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (ImageFileException exception) when (exception.Message.Contains(path, StringComparison.Ordinal))
        {
            throw StudioException.DiskFailed(what, exception);
        }
    }

    /// <summary>Deletes a file of this folder, now or, where it can't be, when <see cref="DeleteAgain"/> can: Windows keeps what is being sent to somebody.</summary>
    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _undeleted.Enqueue(path);
        }
    }

    /// <summary>Tries once more to delete the files that could not be deleted.</summary>
    public void DeleteAgain()
    {
        for (var left = _undeleted.Count; left > 0 && _undeleted.TryDequeue(out var path); left--)
        {
            Delete(path);
        }
    }

    /// <summary>Keeps the folder from who cleans up by age, and makes it again where it is lost all the same: what is uploaded then finds its place.</summary>
    public void Keep()
    {
        if (FolderLock.IsIn(_folder))
        {
            FolderLock.Touch(_folder);
            return;
        }

        _lock.Dispose();
        Directory.CreateDirectory(_folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _lock = FolderLock.Take(_folder);
    }

    /// <summary>Bytes that the files take now.</summary>
    public long BytesUsed()
    {
        var sum = 0L;
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles())
        {
            try
            {
                sum += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Deleted meanwhile.
            }
        }

        return sum;
    }

    public void Dispose()
    {
        _lock.Dispose();
        TryDelete(_folder);
    }

    private static void RemoveAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            // One that has no lock yet is just being made.
            if (FolderLock.IsIn(folder) && !FolderLock.IsHeld(folder))
            {
                TryDelete(folder);
            }
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next server tries again.
        }
    }
}
