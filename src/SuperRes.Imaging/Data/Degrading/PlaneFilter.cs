using System.Numerics;
using System.Runtime.InteropServices;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Degrading;

/// <summary>Correlates float images with a filter; edges are mirrored.</summary>
internal static class PlaneFilter
{
    public static ImageBuffer Apply(ImageBuffer image, BlurKernel kernel)
    {
        var (radius, channels) = (kernel.Side / 2, image.Channels);
        var (padded, rowLength) = (Pad(image, radius), (image.Width + (2 * radius)) * channels);
        var result = new ImageBuffer(image.Width, image.Height, image.Color, SampleType.Float32);
        for (var y = 0; y < image.Height; y++)
        {
            var row = result.Row<float>(y);
            for (var tap = 0; tap < kernel.Weights.Length; tap++)
            {
                var (ky, kx) = Math.DivRem(tap, kernel.Side);
                AddTo(row, padded.AsSpan(((y + ky) * rowLength) + (kx * channels), row.Length), kernel.Weights[tap]);
            }
        }

        return result;
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> values, float weight)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var terms = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += terms[i] * weight;
        }

        for (var i = sums.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += values[i] * weight;
        }
    }

    private static float[] Pad(ImageBuffer image, int radius)
    {
        var (width, channels) = (image.Width + (2 * radius), image.Channels);
        var padded = new float[width * (image.Height + (2 * radius)) * channels];
        for (var y = 0; y < image.Height + (2 * radius); y++)
        {
            var source = image.Row<float>(Mirror(y - radius, image.Height));
            var target = padded.AsSpan(y * width * channels, width * channels);
            source.CopyTo(target[(radius * channels)..]);
            for (var x = 0; x < radius; x++)
            {
                source.Slice(Mirror(x - radius, image.Width) * channels, channels).CopyTo(target[(x * channels)..]);
                source.Slice(Mirror(image.Width + x, image.Width) * channels, channels).CopyTo(target[((radius + image.Width + x) * channels)..]);
            }
        }

        return padded;
    }

    /// <summary>About the outermost sample, again and again where the image is smaller than the filter.</summary>
    private static int Mirror(int place, int length)
    {
        if (length == 1)
        {
            return 0;
        }

        var period = 2 * (length - 1);
        var folded = ((place % period) + period) % period;
        return folded < length ? folded : period - folded;
    }
}
