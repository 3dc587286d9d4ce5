using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Evaluation;

/// <summary>Brings a stored pair to what models and protocols take: no alpha, sizes that fit, a low-resolution image, gray where the original is.</summary>
internal static class PairPreparation
{
    /// <summary>Crops the original to a multiple of the scale and checks or makes its low-resolution version.</summary>
    /// <exception cref="InvalidDataException">The pair can't be evaluated; the message says why and what to do.</exception>
    /// <exception cref="ArgumentException">The original is smaller than one low-resolution pixel.</exception>
    public static (ImageBuffer Reference, ImageBuffer LowResolution) Prepare(EvaluationPair pair, int scale, CancellationToken cancellationToken)
    {
        var reference = Degradation.CropToMultiple(OpaquePixels.Of(pair.Reference), scale);
        if (pair.LowResolution is null)
        {
            return (reference, Degradation.Degrade(reference, scale, cancellationToken: cancellationToken));
        }

        var low = OpaquePixels.Of(pair.LowResolution);
        if (low.Width * scale != reference.Width || low.Height * scale != reference.Height)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"The low-resolution image is {low.Width}x{low.Height}, and the original of {pair.Reference.Width}x{pair.Reference.Height} makes {reference.Width / scale}x{reference.Height / scale} at x{scale}. Make it again with `superres degrade`, or remove it, and it is made on the fly."));
        }

        return (reference, reference.Color == ColorModel.Gray ? GrayOf(low) : low);
    }

    /// <summary>
    /// One channel of an RGB image whose three are equal, as many programs store gray; other images as they are. Otherwise the
    /// result of a gray original would count as colour.
    /// </summary>
    private static ImageBuffer GrayOf(ImageBuffer image) => image switch
    {
        { Color: not ColorModel.Rgb } => image,
        { SampleType: SampleType.UInt8 } => GrayOf<byte>(image),
        { SampleType: SampleType.UInt16 } => GrayOf<ushort>(image),
        _ => GrayOf<float>(image),
    };

    private static ImageBuffer GrayOf<T>(ImageBuffer image)
        where T : unmanaged, IEquatable<T>
    {
        var source = image.Samples<T>();
        var gray = new T[image.Width * image.Height];
        for (int from = 0, to = 0; to < gray.Length; from += 3, to++)
        {
            if (!source[from].Equals(source[from + 1]) || !source[from].Equals(source[from + 2]))
            {
                return image;
            }

            gray[to] = source[from];
        }

        return ImageBuffer.FromSamples(image.Width, image.Height, ColorModel.Gray, gray);
    }
}
