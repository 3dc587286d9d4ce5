using NetVips;

namespace SuperRes.Imaging.Writing;

/// <summary>
/// Converts an image to sRGB where its profile can't go along: GIF holds none, and WebP and AVIF are written without gray
/// images, which is all that a gray profile describes.
/// </summary>
internal static class SrgbConversion
{
    // What 12 of 16 bits leave out; libvips' saver cuts it off.
    private const double HalfTwelveBitStep = 8;

    /// <summary>Whether samples with a profile have to be converted for a format.</summary>
    public static bool IsNeeded(ImageFormat format, bool isGray) => format == ImageFormat.Gif || (isGray && !FormatFit.HoldsGray(format));

    /// <summary>The image in sRGB, 8 or 16 bit as it was; the caller disposes it.</summary>
    public static Image Apply(Image image, ImageFormat format)
    {
        var deep = image.Format == Enums.BandFormat.Ushort;
        var converted = image.IccTransform("srgb", embedded: true, intent: Enums.Intent.Relative, depth: deep ? 16 : 8);
        if (!deep || format is not (ImageFormat.Avif or ImageFormat.Heif))
        {
            return converted;
        }

        using (converted)
        {
            using var raised = converted.Linear([1.0], [HalfTwelveBitStep]);
            return raised.Cast(Enums.BandFormat.Ushort);
        }
    }
}
