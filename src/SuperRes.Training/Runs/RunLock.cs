namespace SuperRes.Training.Runs;

/// <summary>
/// Keeps two processes from training one run. The operating system holds the lock, not the file's existence, so that a
/// killed process leaves nothing to clean up.
/// </summary>
internal static class RunLock
{
    private const string FileName = ".lock";

    /// <summary>Takes the lock until what is returned is disposed; null where another holder has it.</summary>
    /// <exception cref="TrainingException">The folder can't be written to.</exception>
    public static IDisposable? TryTake(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new TrainingException($"'{folder}' can't be written to: {exception.Message}", exception);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether someone holds the lock. Leaves no file behind where there was none.</summary>
    public static bool IsTaken(string folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
