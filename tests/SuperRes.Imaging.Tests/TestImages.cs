using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests;

/// <summary>Small images made in code.</summary>
internal static class TestImages
{
    /// <summary>Seeded noise over the sample type's whole range.</summary>
    public static ImageBuffer Noise(int width, int height, ColorModel color, SampleType type, int seed)
    {
        var image = new ImageBuffer(width, height, color, type);
        var random = new Random(seed);
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
}
