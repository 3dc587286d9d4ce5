using SuperRes.Pixels;

namespace SuperRes.Imaging.Writing;

/// <summary>Changes an image, where it must be, into one that the format can hold, and notes each loss.</summary>
internal static class FormatFit
{
    public static ImageBuffer Fit(ImageBuffer image, ImageFormat format, List<string> notes)
    {
        var (deepest, name) = (DeepestSamples(format), ImageFormats.Name(format));
        if (image.SampleType > deepest)
        {
            notes.Add($"{name} holds no {Describe(image.SampleType)} samples: they were rounded to {Describe(deepest)}.");
            image = SampleConversion.Convert(image, deepest);
        }

        if (format == ImageFormat.Jpeg && image.HasAlpha)
        {
            notes.Add("JPEG holds no transparency: the image was laid on white.");
            image = AlphaFlattening.OnWhite(image);
        }

        return image;
    }

    private static SampleType DeepestSamples(ImageFormat format) => format switch
    {
        ImageFormat.Tiff or ImageFormat.JpegXl => SampleType.Float32,
        ImageFormat.Png or ImageFormat.Avif or ImageFormat.Heif => SampleType.UInt16,
        _ => SampleType.UInt8,
    };

    private static string Describe(SampleType type) => type switch
    {
        SampleType.UInt8 => "8-bit",
        SampleType.UInt16 => "16-bit",
        _ => "float",
    };
}
