namespace SuperRes.Imaging.Reading;

/// <summary>Decides from a file's content how to read it, or says what it is instead.</summary>
internal static class FormatDetection
{
    /// <summary>The format of the file that starts where the stream stands; the stream is put back there.</summary>
    public static ImageFormat Detect(Stream stream, string name)
    {
        Span<byte> head = stackalloc byte[FormatSignature.Length];
        var start = stream.Position;
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        stream.Position = start;
        if (FormatSignature.Detect(head) is not { } format)
        {
            throw CameraRaw.IsSignature(head) || CameraRaw.HasExtension(stream) ? CameraRaw.Refusal(name) : new ImageFileException(
                $"{name} is not an image that can be read: it is {FormatSignature.Describe(head)}. " +
                $"Give one of these: {ImageFormats.List(ImageFormats.Readable)}.");
        }

        return ImageFormats.HasLoader(format)
            ? format
            : throw new ImageFileException(
                $"{name} is {ImageFormats.Name(format)}, which the libvips in use can't read. " +
                $"Convert it to one of these: {ImageFormats.List(ImageFormats.Readable)}.");
    }
}
