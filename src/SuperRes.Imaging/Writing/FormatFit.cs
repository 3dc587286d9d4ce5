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
            if (image.SampleType == SampleType.Float32 && IsClipped(image, deepest))
            {
                notes.Add("Float samples outside 0 (black) to 1 (white), or that are no number, were clipped.");
            }

            image = image.ConvertTo(deepest);
        }

        if (format == ImageFormat.Jpeg && image.HasAlpha)
        {
            notes.Add("JPEG holds no transparency: the image was laid on white.");
            image = AlphaFlattening.OnWhite(image);
        }

        if (!HoldsGray(format) && image.Color is ColorModel.Gray or ColorModel.GrayAlpha)
        {
            notes.Add($"{name} is written without gray images: the image was stored as RGB with three equal channels.");
        }

        if (format is ImageFormat.Avif or ImageFormat.Heif && image.SampleType == SampleType.UInt16)
        {
            notes.Add($"{name} holds at most 12 bits: 16-bit samples were rounded to 12-bit.");
            image = TwelveBitSamples.Round(image);
        }

        if (format == ImageFormat.Gif)
        {
            notes.Add("GIF holds at most 256 colours and no partial transparency: colours were reduced.");
        }

        return image;
    }

    /// <summary>Whether gray images of the format are written as such, and not as RGB.</summary>
    public static bool HoldsGray(ImageFormat format) => format is not (ImageFormat.Webp or ImageFormat.Avif or ImageFormat.Heif or ImageFormat.Gif);

    /// <summary>Refuses an image with more pixels along a side than the format can count.</summary>
    public static void CheckSize(int width, int height, ImageFormat format, string name)
    {
        var longest = ImageFormats.LongestSide(format);
        if (Math.Max(width, height) > longest)
        {
            throw new ImageFileException(
                $"{name} would be {width}x{height}, and {ImageFormats.Name(format)} allows at most {longest} pixels a side. Choose PNG or TIFF.");
        }
    }

    /// <summary>Whether a float sample lies further outside black and white than rounding brings back.</summary>
    private static bool IsClipped(ImageBuffer image, SampleType target)
    {
        var halfStep = (float)(0.5 / SampleConversion.PeakOf(target));
        foreach (var sample in image.Samples<float>())
        {
            if (!(sample >= -halfStep && sample <= 1 + halfStep)) // so written, it finds NaN too
            {
                return true;
            }
        }

        return false;
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
