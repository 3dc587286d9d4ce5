using SuperRes.Imaging.Vips;

namespace SuperRes.Imaging.Reading;

/// <summary>Turns whatever stopped a read into one line.</summary>
internal static class ReadFailure
{
    public static Exception Explain(Exception error, StreamSource source, string name, ImageFormat format, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException(cancellationToken);
        }

        if (error is ImageFileException)
        {
            return error;
        }

        if (format == ImageFormat.Heif && !ImageFormats.IsReadable(format))
        {
            return new ImageFileException(
                $"{name} is HEIF with HEVC inside, which the libvips in use can't decode. " +
                $"Convert it to one of these: {ImageFormats.List(ImageFormats.Readable)}.",
                error);
        }

        var cause = source.Failure ?? error;
        return new ImageFileException(
            $"{name} can't be decoded as {ImageFormats.Name(format)}: {ImageFormats.Explain(format, cause, "its data is corrupt")}. " +
            "The file is damaged, incomplete or unusual; make or fetch it again.",
            cause);
    }
}
