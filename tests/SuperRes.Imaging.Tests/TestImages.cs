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

    /// <summary>Smooth colours that every lossy codec keeps well.</summary>
    public static ImageBuffer Gradient(int width, int height)
    {
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        for (var y = 0; y < height; y++)
        {
            var row = image.Row<byte>(y);
            for (var x = 0; x < width; x++)
            {
                row[3 * x] = (byte)(40 + (150 * x / width));
                row[(3 * x) + 1] = (byte)(60 + (150 * y / height));
                row[(3 * x) + 2] = (byte)(200 - (100 * x / width));
            }
        }

        return image;
    }
}
