namespace SuperRes.Imaging.Writing;

/// <summary>
/// A stream that gets the bytes when all have been made. Until then they are in a nameless file, or in memory where there
/// is no place for temporary files.
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
        Stream.Dispose();
        if (ownsTarget)
        {
            target.Dispose();
        }
    }

    private static Stream CreateSpool()
    {
        try
        {
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MemoryStream();
        }
    }
}
