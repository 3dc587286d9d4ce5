namespace SuperRes.Imaging.Data;

/// <summary>A file that one process at a time may have open.</summary>
internal static class ExclusiveFile
{
    /// <summary>Opens a file to read and write, an empty one where there is none, and keeps other processes out until it is disposed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inUse">What is going on where another process has it, and what to do: a sentence or two.</param>
    /// <param name="options">Such as that it goes when it is disposed.</param>
    /// <exception cref="DatasetException">Another process has it open.</exception>
    public static FileStream Open(string path, string inUse, FileOptions options = FileOptions.None)
    {
        try
        {
            // Only this way of sharing locks the file on every system.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, options);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new DatasetException($"'{path}' is in use: {inUse} ({exception.Message})", exception);
        }
    }
}
