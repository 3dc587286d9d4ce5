namespace SuperRes.ModelFiles;

/// <summary>
/// Writes a file that is whole or not there: the bytes go to a temporary name beside it, which is renamed at the end. Devices and pipes are written into.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes a file, over one that is there.</summary>
    /// <param name="path">Where it goes; its folder exists.</param>
    /// <param name="write">Writes the content; what it throws passes through, and nothing stays behind.</param>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            WriteAndRename(path, write);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new ModelFileException($"'{path}' can't be written: its folder does not exist. Make the folder first.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"'{path}' can't be written: {exception.Message.TrimEnd('.')}. Check that its folder may be written to and has space.", exception);
        }
    }

    /// <summary>Opens a file that a writer, in this process or another, may add to or replace meanwhile: Windows would refuse the writer while a reader shares less.</summary>
    public static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static void WriteAndRename(string path, Action<Stream> write)
    {
        using var device = OutputPath.OpenDevice(path);
        if (device is not null)
        {
            write(device);
            return;
        }

        var target = OutputPath.Target(path);
        var temporary = OutputPath.TemporaryFor(target);
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            OutputPath.KeepPermissions(target, temporary);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
