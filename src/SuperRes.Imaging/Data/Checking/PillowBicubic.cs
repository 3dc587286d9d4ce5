using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>
/// What Pillow's <c>Image.resize(size, BICUBIC)</c> makes of 8-bit images: the usual source of low-resolution images that
/// are taken for MATLAB's and are not. The kernel is the same (a = -0.5, antialiased); weights that fall outside of the image
/// are dropped in place of mirrored, they are fixed-point numbers, and the horizontal pass comes first (Pillow,
/// src/libImaging/Resample.c).
/// </summary>
internal static class PillowBicubic
{
    private const double Radius = 2;
    private const int FractionBits = 32 - 8 - 2;

    public static ImageBuffer Shrink(ImageBuffer image, int width, int height)
    {
        var horizontal = Weights(image.Width, width);
        var vertical = Weights(image.Height, height);
        var narrow = new ImageBuffer(width, image.Height, image.Color, SampleType.UInt8);
        for (var y = 0; y < image.Height; y++)
        {
            Filter(image.Row<byte>(y), image.Channels, narrow.Row<byte>(y), image.Channels, horizontal, image.Channels);
        }

        var result = new ImageBuffer(width, height, image.Color, SampleType.UInt8);
        for (var x = 0; x < width; x++)
        {
            var column = x * image.Channels;
            Filter(narrow.Samples<byte>()[column..], narrow.RowLength, result.Samples<byte>()[column..], result.RowLength, vertical, image.Channels);
        }

        return result;
    }

    private static void Filter(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, (int First, int[] Weights)[] taps, int channels)
    {
        for (var i = 0; i < taps.Length; i++)
        {
            var (first, weights) = taps[i];
            for (var c = 0; c < channels; c++)
            {
                var sum = 1 << (FractionBits - 1);
                for (var k = 0; k < weights.Length; k++)
                {
                    sum += source[((first + k) * sourceStride) + c] * weights[k];
                }

                target[(i * targetStride) + c] = (byte)Math.Clamp(sum >> FractionBits, 0, byte.MaxValue);
            }
        }
    }

    private static (int First, int[] Weights)[] Weights(int inputLength, int outputLength)
    {
        var scale = (double)inputLength / outputLength;
        var widening = Math.Max(scale, 1);
        var taps = new (int, int[])[outputLength];
        for (var i = 0; i < outputLength; i++)
        {
            var center = (i + 0.5) * scale;
            var first = Math.Max((int)(center - (Radius * widening) + 0.5), 0);
            var end = Math.Min((int)(center + (Radius * widening) + 0.5), inputLength);
            var weights = new double[end - first];
            for (var k = 0; k < weights.Length; k++)
            {
                weights[k] = Kernel((k + first - center + 0.5) / widening);
            }

            var sum = weights.Sum();
            taps[i] = (first, [.. weights.Select(weight => Math.Round(weight / sum * (1 << FractionBits), MidpointRounding.AwayFromZero)).Select(weight => (int)weight)]);
        }

        return taps;
    }

    private static double Kernel(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        return x < 1 ? (((((A + 2) * x) - (A + 3)) * x) * x) + 1
            : x < 2 ? ((((((x - 5) * x) + 8) * x) - 4) * A)
            : 0;
    }
}
