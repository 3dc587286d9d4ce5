using SuperRes.Pixels;

namespace SuperRes.Evaluation;

/// <summary>Leaves out an alpha channel that says nothing.</summary>
internal static class OpaquePixels
{
    /// <summary>The image without alpha; the image itself where it has none.</summary>
    /// <exception cref="InvalidDataException">A pixel is not opaque: PSNR has no meaning for what is seen through it.</exception>
    public static ImageBuffer Of(ImageBuffer image) => image switch
    {
        { HasAlpha: false } => image,
        { SampleType: SampleType.UInt8 } => Drop<byte>(image, byte.MaxValue),
        { SampleType: SampleType.UInt16 } => Drop<ushort>(image, ushort.MaxValue),
        _ => Drop<float>(image, 1f),
    };

    private static ImageBuffer Drop<T>(ImageBuffer image, T opaque)
        where T : unmanaged, IEquatable<T>
    {
        var source = image.Samples<T>();
        var (channels, colors) = (image.Channels, image.Channels - 1);
        var target = new T[image.Width * image.Height * colors];
        for (int s = 0, t = 0; s < source.Length; s += channels, t += colors)
        {
            if (!source[s + colors].Equals(opaque))
            {
                throw new InvalidDataException("The image has transparent pixels, which PSNR and SSIM can't judge. Flatten it onto a background first.");
            }

            source.Slice(s, colors).CopyTo(target.AsSpan(t));
        }

        return ImageBuffer.FromSamples(image.Width, image.Height, (ColorModel)colors, target);
    }
}
