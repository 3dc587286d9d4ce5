using NetVips;

namespace SuperRes.Imaging.Reading;

/// <summary>Calls libvips' loader of one format by name, so that no other loader ever sees the file.</summary>
internal static class Loaders
{
    // "Error" refuses truncated and corrupt data, and lets a mere warning (an odd tag) pass.
    private const Enums.FailOn Strictness = Enums.FailOn.Error;

    public static Image Load(ImageFormat format, Source source)
    {
        const Enums.Access sequential = Enums.Access.Sequential;
        return format switch
        {
            ImageFormat.Png => Image.PngloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Jpeg => Image.JpegloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Webp => Image.WebploadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Tiff => Image.TiffloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Avif or ImageFormat.Heif => Image.HeifloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.JpegXl => Image.JxlloadSource(source, access: sequential, failOn: Strictness),
            ImageFormat.Gif => Image.GifloadSource(source, access: sequential, failOn: Strictness),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown image format."),
        };
    }
}
