namespace SuperRes.Imaging.Writing;

/// <summary>
/// A stream that gets the bytes when all have been made. Until then they are in a file that only this user can read and that
/// no killed process leaves (it has no name; on Windows it is deleted when it is closed), or in memory where there is no place for temporary files.
/// </summary>
/// <param name="target">Need not be able to seek.</param>
/// <param name="ownsTarget">Whether the target is closed in the end.</param>
internal sealed class StreamOutput(Stream target, bool ownsTarget) : IOutput
{
    public Stream Stream { get; } = CreateSpool();

    public void Commit()
    {
        Stream.Position = 0;
        try
        {
            Stream.CopyTo(target);
            target.Flush();
        }
        catch (IOException error)
        {
            throw new ImageFileException($"The output can't be written: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Check what it is connected to.", error);
        }
    }

    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // Flushing the rest onto a full disk fails again; what led here is reported already.
        }
        finally
        {
            if (ownsTarget)
            {
                target.Dispose();
            }
        }
    }

    private static Stream CreateSpool()
    {
        try
        {
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16 };
            if (OperatingSystem.IsWindows())
            {
                options.Options = FileOptions.DeleteOnClose;
                return new FileStream(path, options);
            }

            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var spool = new FileStream(path, options);
            File.Delete(path);
            return spool;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MemoryStream();
        }
    }
}
