using NetVips;
using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>Reads libvips' header fields.</summary>
internal static class LoadedMetadata
{
    public static Orientation Orientation(Image image) =>
        image.Contains("orientation") && image.Get("orientation") is int value and >= 1 and <= 8 ? (Orientation)value : Imaging.Orientation.Upright;

    public static int FrameCount(Image image) =>
        image.Contains("n-pages") && image.Get("n-pages") is int pages ? Math.Max(1, pages) : 1;

    public static ImageMetadata Collect(Image image, PixelPipeline pipeline, List<string> notes)
    {
        var profileOwner = pipeline.ColorConverted ? pipeline.Result : image;
        return new ImageMetadata
        {
            IccProfile = Blob(profileOwner, "icc-profile-data"),
            Exif = ExifBlob.Normalise(Blob(image, "exif-data"), notes),
            Xmp = Blob(image, "xmp-data"),
            Iptc = Blob(image, "iptc-data"),
            Resolution = Resolution(image),
        };
    }

    private static byte[] Blob(Image image, string field) => image.Contains(field) && image.Get(field) is byte[] blob ? blob : [];

    private static ImageResolution? Resolution(Image image)
    {
        // libvips counts pixels per millimetre, and gives 1.0 (or 0) where the file says nothing.
        var (x, y) = (image.Xres, image.Yres);
        var said = x > 0 && y > 0 && double.IsFinite(x) && double.IsFinite(y) && (x != 1 || y != 1);
        return said ? new ImageResolution(x * ImageResolution.MillimetresPerInch, y * ImageResolution.MillimetresPerInch) : null;
    }
}
