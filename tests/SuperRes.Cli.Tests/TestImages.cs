using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Cli.Tests;

/// <summary>Images made for tests.</summary>
internal static class TestImages
{
    /// <summary>Writes a picture without symmetry, or with a seed other than 0 reproducible noise, and returns its path.</summary>
    public static string Write(string path, int width = 12, int height = 8, ColorModel color = ColorModel.Rgb, int seed = 0)
    {
        var image = new ImageBuffer(width, height, color, SampleType.UInt8);
        var samples = image.Samples<byte>();
        var random = new Random(seed);
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = seed == 0 ? (byte)((i * 37) + (i / image.RowLength * 11)) : (byte)random.Next(256);
        }

        ImageFile.Write(path, image);
        return path;
    }

    public static (int Width, int Height) SizeOf(string path)
    {
        var header = ImageFile.ReadHeader(path);
        return (header.Width, header.Height);
    }
}
