using NetVips;

namespace SuperRes.Imaging.Reading;

/// <summary>Calls libvips' loader of one format by name, so that no other loader ever sees the file.</summary>
internal static class Loaders
{
    // "Error" refuses truncated and corrupt data, and lets a mere warning (an odd tag) pass.
    private const Enums.FailOn Strictness = Enums.FailOn.Error;

    // libtiff is not given more than 50 MB for a strip, against files that only claim to have as much; which this one is not, is known before.
    private const long LargestStripWithinLimit = 40_000_000;

    /// <param name="format">Whose loader.</param>
    /// <param name="source">The file.</param>
    /// <param name="largestStrip">Bytes of the largest strip that a TIFF is known to have.</param>
    public static Image Load(ImageFormat format, Source source, long largestStrip)
    {
        const Enums.Access sequential = Enums.Access.Sequential;
        return format switch
        {
            ImageFormat.Png => Image.PngloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Jpeg => Image.JpegloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Webp => Image.WebploadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Tiff => Image.TiffloadSource(source, access: sequential, failOn: Strictness, unlimited: largestStrip > LargestStripWithinLimit),
            ImageFormat.Avif or ImageFormat.Heif => Image.HeifloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.JpegXl => Image.JxlloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Gif => Image.GifloadSource(source, access: sequential, failOn: Strictness),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown image format."),
        };
    }
}
