using SuperRes.Pixels;

namespace SuperRes.Upscaling;

/// <summary>Takes an image's channels apart and puts them together, whatever the sample type.</summary>
internal static class ColorChannels
{
    /// <summary>Copies of the colour (Gray or RGB) and of the alpha (as Gray, 0 to 1 where it is float) of an image that has alpha.</summary>
    public static (ImageBuffer Color, ImageBuffer Alpha) SplitAlpha(ImageBuffer image, CancellationToken cancellationToken = default)
    {
        var color = new ImageBuffer(image.Width, image.Height, image.Color == ColorModel.Rgba ? ColorModel.Rgb : ColorModel.Gray, image.SampleType);
        var alpha = new ImageBuffer(image.Width, image.Height, ColorModel.Gray, image.SampleType);
        for (var channel = 0; channel < color.Channels; channel++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CopyChannel(image, channel, color, channel);
        }

        CopyChannel(image, image.Channels - 1, alpha, 0);
        return (color, Clip(alpha));
    }

    /// <summary>The inverse of <see cref="SplitAlpha"/>.</summary>
    public static ImageBuffer JoinAlpha(ImageBuffer color, ImageBuffer alpha, CancellationToken cancellationToken = default)
    {
        var result = new ImageBuffer(color.Width, color.Height, color.Color == ColorModel.Rgb ? ColorModel.Rgba : ColorModel.GrayAlpha, color.SampleType);
        for (var channel = 0; channel < color.Channels; channel++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CopyChannel(color, channel, result, channel);
        }

        CopyChannel(alpha, 0, result, color.Channels);
        return result;
    }

    /// <summary>Gray as RGB with three equal channels.</summary>
    public static ImageBuffer Replicate(ImageBuffer gray)
    {
        var result = new ImageBuffer(gray.Width, gray.Height, ColorModel.Rgb, gray.SampleType);
        for (var channel = 0; channel < result.Channels; channel++)
        {
            CopyChannel(gray, 0, result, channel);
        }

        return result;
    }

    /// <summary>The mean of the three channels of a float RGB image.</summary>
    public static ImageBuffer Average(ImageBuffer rgb)
    {
        var result = new ImageBuffer(rgb.Width, rgb.Height, ColorModel.Gray, SampleType.Float32);
        var source = rgb.Samples<float>();
        var target = result.Samples<float>();
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = (source[3 * i] + source[(3 * i) + 1] + source[(3 * i) + 2]) / 3;
        }

        return result;
    }

    /// <summary>Whether all samples of a gray image are equal.</summary>
    public static bool IsConstant(ImageBuffer gray) => gray.SampleType switch
    {
        SampleType.UInt8 => IsConstant<byte>(gray.Samples<byte>()),
        SampleType.UInt16 => IsConstant<ushort>(gray.Samples<ushort>()),
        _ => IsConstant<float>(gray.Samples<float>()),
    };

    /// <summary>Brings the samples of a float image into 0 to 1, in place, NaN to 0; others can't leave their range.</summary>
    public static ImageBuffer Clip(ImageBuffer image)
    {
        if (image.SampleType == SampleType.Float32)
        {
            foreach (ref var sample in image.Samples<float>())
            {
                // One NaN would spread to every pixel whose window reaches it.
                sample = float.IsNaN(sample) ? 0 : Math.Clamp(sample, 0, 1);
            }
        }

        return image;
    }

    private static bool IsConstant<T>(ReadOnlySpan<T> samples)
        where T : unmanaged, IEquatable<T> => !samples.ContainsAnyExcept(samples[0]);

    private static void CopyChannel(ImageBuffer from, int fromChannel, ImageBuffer to, int toChannel)
    {
        switch (from.SampleType)
        {
            case SampleType.UInt8:
                CopyChannel<byte>(from, fromChannel, to, toChannel);
                break;
            case SampleType.UInt16:
                CopyChannel<ushort>(from, fromChannel, to, toChannel);
                break;
            default:
                CopyChannel<float>(from, fromChannel, to, toChannel);
                break;
        }
    }

    private static void CopyChannel<T>(ImageBuffer from, int fromChannel, ImageBuffer to, int toChannel)
        where T : unmanaged
    {
        var source = from.Samples<T>();
        var target = to.Samples<T>();
        for (int i = fromChannel, j = toChannel; i < source.Length; i += from.Channels, j += to.Channels)
        {
            target[j] = source[i];
        }
    }
}
