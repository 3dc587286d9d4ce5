using SuperRes.Pixels;

namespace SuperRes.Tests.Evaluation;

internal static class TestImages
{
    /// <summary>An 8-bit image whose samples lie between 40 and 200, so that small errors are not clipped.</summary>
    public static ImageBuffer Texture(int width, int height, ColorModel color = ColorModel.Rgb, int seed = 0)
    {
        var image = new ImageBuffer(width, height, color, SampleType.UInt8);
        for (var y = 0; y < height; y++)
        {
            var row = image.Row<byte>(y);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (byte)(120 + (60 * Math.Sin((i * 0.13) + (y * 0.31) + seed)) + ((i * 7 + y * 13 + seed) % 20));
            }
        }

        return image;
    }

    /// <summary>The image with every sample made larger by the same amount: the mean squared error is its square.</summary>
    public static ImageBuffer Brighter(ImageBuffer image, int by)
    {
        var copy = image.Clone();
        foreach (ref var sample in copy.Samples<byte>())
        {
            sample = (byte)(sample + by);
        }

        return copy;
    }
}
