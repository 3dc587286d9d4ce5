using NetVips;
using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>Reads libvips' header fields.</summary>
internal static class LoadedMetadata
{
    private const string ExifField = "exif-data";
    private const string IccField = "icc-profile-data";

    public static Orientation Orientation(Image image, FileExtras extras) =>
        image.Contains("orientation") && image.Get("orientation") is int value and >= 1 and <= 8 ? (Orientation)value
        : image.Contains(ExifField) ? Imaging.Orientation.Upright
        : ExifBlock.Orientation(ExifBlock.Normalise(extras.Exif));

    public static int FrameCount(Image image, FileExtras extras) =>
        Math.Max(Math.Max(1, extras.FrameCount), image.Contains("n-pages") && image.Get("n-pages") is int pages ? pages : 1);

    /// <summary>Bits that the file stores of each sample, where its loader says so; else 16.</summary>
    public static int BitsPerSample(Image image) =>
        image.Contains("bits-per-sample") && image.Get("bits-per-sample") is int and >= 1 and <= 16 and var bits ? bits : 16;

    /// <summary>Gathers what travels; the stream stands at the file's start.</summary>
    public static ImageMetadata Collect(Image image, PixelPipeline pipeline, FileExtras extras, ImageFormat format, Orientation orientation, Stream file, List<string> notes)
    {
        var start = file.Position;
        notes.AddRange(extras.Notes);
        var isTiff = format == ImageFormat.Tiff;
        var exif = isTiff ? FromStart(stream => TiffMetadata.ReadExif(stream, notes)) : ReadExif(image, extras, notes);
        exif = ExifBlock.Upright(exif, pixelsWereTurned: orientation != Imaging.Orientation.Upright);
        if (extras is { HasIccProfile: true, IccProfile: [] } && !image.Contains(IccField))
        {
            notes.Add("The colour profile is damaged or fits no such image, and was left out.");
        }

        var xmp = Blob(image, "xmp-data", extras.Xmp);
        if (XmpPacket.ClaimsMotion(xmp))
        {
            notes.Add("The video of the motion photo was not kept.");
        }

        return new ImageMetadata
        {
            IccProfile = pipeline.ColorConverted ? Blob(pipeline.Result, IccField) : Blob(image, IccField, extras.IccProfile),
            Exif = exif,
            Xmp = XmpPacket.WithoutAppended(XmpPacket.Upright(xmp)),
            Iptc = isTiff ? FromStart(TiffMetadata.ReadIptc) : IptcBlock.Unwrap(Blob(image, "iptc-data", extras.Iptc)),
            Resolution = Resolution(image, extras, format) ?? ExifBlock.Resolution(exif),
            IsLosslessWebp = extras.IsLosslessWebp,
            PngChunks = extras.PngChunks,
            Comments = extras.Comments,
        };

        T FromStart<T>(Func<Stream, T> read)
        {
            file.Position = start;
            return read(file);
        }
    }

    private static byte[] ReadExif(Image image, FileExtras extras, List<string> notes)
    {
        var block = Blob(image, ExifField, extras.Exif);
        var exif = ExifBlock.Normalise(block);
        if (block.Length > 0 && exif.Length == 0)
        {
            notes.Add("The EXIF data is damaged and was left out.");
        }

        return exif;
    }

    private static byte[] Blob(Image image, string field, byte[]? otherwise = null) =>
        image.Contains(field) && image.Get(field) is byte[] blob ? blob : otherwise ?? [];

    /// <summary>How large pixels are, where the file says so and it is not what every reader assumes: neither that nor nothing needs to travel.</summary>
    private static ImageResolution? Resolution(Image image, FileExtras extras, ImageFormat format)
    {
        // libvips counts pixels per millimetre, and gives 1.0 or, for some formats, 72 per inch where a file says nothing.
        var (x, y) = (image.Xres, image.Yres);
        var isStated = format switch
        {
            ImageFormat.Png => extras.StatesResolution,
            ImageFormat.Tiff => image.Contains("resolution-unit"),
            _ => (x, y) != (1.0, 1.0),
        };
        return isStated && ImageResolution.TryCreate(x * ImageResolution.MillimetresPerInch, y * ImageResolution.MillimetresPerInch) is { IsDefault: false } resolution ? resolution : null;
    }
}
