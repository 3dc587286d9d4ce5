namespace SuperRes.Imaging.Reading;

/// <summary>Opens what is to be read, and says plainly why it can't be.</summary>
internal static class InputFile
{
    public const string StreamName = "The input";

    public static string Quote(string path) => $"'{path}'";

    /// <summary>Text out of a file, fit for a terminal: its control characters could move the cursor or forge lines.</summary>
    public static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));

    /// <summary>A file's bytes, seekable; what comes through a pipe is taken into memory first.</summary>
    public static Stream Open(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (Directory.Exists(path))
            {
                throw new ImageFileException($"{Quote(path)} is a folder, not an image file. Name a file inside it.");
            }

            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.CanSeek)
            {
                return file;
            }

            using (file)
            {
                return ReadAll(file, Quote(path), cancellationToken);
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFileException($"{Quote(path)} does not exist. Check the name.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException and not ImageFileException)
        {
            throw new ImageFileException($"{Quote(path)} can't be opened: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    /// <summary>A copy in memory of a stream that can't seek; null where it can.</summary>
    public static MemoryStream? MakeSeekable(Stream stream, CancellationToken cancellationToken) =>
        stream.CanSeek ? null : ReadAll(stream, StreamName, cancellationToken);

    public static ImageFileException CannotRead(string name, Exception error) =>
        new($"{name} can't be read: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Check where it comes from.", error);

    private static MemoryStream ReadAll(Stream stream, string name, CancellationToken cancellationToken)
    {
        var memory = new MemoryStream();
        var chunk = new byte[1 << 16];
        try
        {
            for (int count; (count = stream.Read(chunk)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                memory.Write(chunk, 0, count);
            }
        }
        catch (IOException error)
        {
            throw CannotRead(name, error);
        }

        memory.Position = 0;
        return memory;
    }
}
