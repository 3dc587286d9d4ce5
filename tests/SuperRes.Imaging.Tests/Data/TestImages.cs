using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Data;

/// <summary>Small images for data sets made up in tests.</summary>
internal static class TestImages
{
    /// <summary>Reproducible noise over a slope: no two seeds alike, and resizers can't hide their differences in it.</summary>
    public static ImageBuffer Create(int width, int height, int seed, ColorModel color = ColorModel.Rgb)
    {
        var random = new Random(seed);
        var samples = new byte[width * height * (int)color];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (byte)((i * 160 / samples.Length) + random.Next(96));
        }

        return ImageBuffer.FromSamples(width, height, color, samples);
    }

    public static void Write(string path, ImageBuffer image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ImageFile.Write(path, image);
    }

    public static void Write(string path, int width, int height, int seed = 1) => Write(path, Create(width, height, seed));
}
