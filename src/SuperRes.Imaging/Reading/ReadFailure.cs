using SuperRes.Imaging.Vips;

namespace SuperRes.Imaging.Reading;

/// <summary>Turns whatever stopped a read into one line.</summary>
internal static class ReadFailure
{
    /// <param name="error">What was thrown.</param>
    /// <param name="source">Where the bytes come from, which may be what failed.</param>
    /// <param name="name">How messages call the file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="cancellationToken">Explains the failure where it is cancelled.</param>
    /// <param name="unreadableSamples">What the samples of a TIFF are, where they are of a kind that can't be read.</param>
    public static Exception Explain(
        Exception error, StreamSource source, string name, ImageFormat format, CancellationToken cancellationToken, string? unreadableSamples = null)
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

        if (unreadableSamples is not null && source.Failure is null)
        {
            return new ImageFileException(
                $"{name} is TIFF with {unreadableSamples}, which can't be read: only {TiffSamples.Readable} can. Convert it to one of them.", error);
        }

        var cause = source.Failure ?? error;
        return new ImageFileException(
            $"{name} can't be decoded as {ImageFormats.Name(format)}: {ImageFormats.Explain(format, cause, "its data is corrupt")}. " +
            "The file is damaged, incomplete or unusual; make or fetch it again.",
            cause);
    }
}
