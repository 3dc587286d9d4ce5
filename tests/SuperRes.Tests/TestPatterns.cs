using SuperRes.Pixels;

namespace SuperRes.Tests;

/// <summary>Images of integer formulas, which other programs can make exactly.</summary>
internal static class TestPatterns
{
    /// <summary>The 5x4 gray image of the constants computed with numpy: (37x² + 53y² + 71xy + 11) mod 256.</summary>
    public static double[] Small { get; } =
        [.. from y in Enumerable.Range(0, 4) from x in Enumerable.Range(0, 5) select (double)(((x * x * 37) + (y * y * 53) + (x * y * 71) + 11) % 256)];

    /// <summary>The image of the constants computed with scikit-image: (3x² + 5xy + 7y + cxy) / 7 mod 256, c the channel.</summary>
    public static ImageBuffer Reference(int width, int height, ColorModel color) =>
        Make(width, height, color, ReferenceSample);

    /// <summary>The same with errors of up to 11 levels: (31x + 17y) mod 23 - 11, clipped.</summary>
    public static ImageBuffer Result(int width, int height, ColorModel color) =>
        Make(width, height, color, (x, y, c) => Math.Clamp(ReferenceSample(x, y, c) + (((x * 31) + (y * 17)) % 23) - 11, 0, 255));

    /// <summary>Every sample drawn from a seeded generator, over the type's whole range.</summary>
    public static ImageBuffer Noise(int width, int height, ColorModel color, SampleType type)
    {
        var random = new Random((width * 1000) + height);
        var image = new ImageBuffer(width, height, color, type);
        if (type == SampleType.Float32)
        {
            foreach (ref var sample in image.Samples<float>())
            {
                sample = random.NextSingle();
            }
        }
        else
        {
            random.NextBytes(image.Bytes());
        }

        return image;
    }

    /// <summary>All samples as they are stored, unscaled.</summary>
    public static double[] Values(this ImageBuffer image) => image.SampleType switch
    {
        SampleType.UInt8 => Array.ConvertAll(image.Samples<byte>().ToArray(), sample => (double)sample),
        SampleType.UInt16 => Array.ConvertAll(image.Samples<ushort>().ToArray(), sample => (double)sample),
        _ => Array.ConvertAll(image.Samples<float>().ToArray(), sample => (double)sample),
    };

    private static int ReferenceSample(int x, int y, int channel) =>
        ((x * x * 3) + (x * y * 5) + (y * 7) + (channel * x * y)) / 7 % 256;

    private static ImageBuffer Make(int width, int height, ColorModel color, Func<int, int, int, int> sample)
    {
        var image = new ImageBuffer(width, height, color, SampleType.UInt8);
        for (var i = 0; i < width * height * image.Channels; i++)
        {
            var pixel = i / image.Channels;
            image.Samples<byte>()[i] = (byte)sample(pixel % width, pixel / width, i % image.Channels);
        }

        return image;
    }
}
