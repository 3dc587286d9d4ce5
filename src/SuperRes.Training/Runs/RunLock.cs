using SuperRes.Evaluation.Runs;

namespace SuperRes.Training.Runs;

/// <summary>
/// Keeps two processes from training one run. The operating system holds the lock, not the file's existence, so that a
/// killed process leaves nothing to clean up.
/// </summary>
internal static class RunLock
{
    private const int Tries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Takes the lock until what is returned is disposed; null where another holder has it.</summary>
    /// <exception cref="TrainingException">The folder can't be written to.</exception>
    public static IDisposable? TryTake(string folder)
    {
        var path = Path.Combine(folder, RunRecords.LockFile);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException || (exception is IOException && !IsTaken(exception)))
            {
                throw new TrainingException($"'{folder}' can't be written to: {exception.Message}", exception);
            }
            catch (IOException) when (attempt < Tries)
            {
                // Who looks whether the run is trained has the lock for a moment too.
                Thread.Sleep(Pause);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Whether another has the file open: a sharing or lock violation, or EWOULDBLOCK of Linux or macOS; not a disk that is full or read-only.</summary>
    private static bool IsTaken(Exception exception) => OperatingSystem.IsWindows() ? (exception.HResult & 0xFFFF) is 32 or 33 : exception.HResult is 11 or 35;
}
