using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Studio.Tests;

/// <summary>Small images whose content is known.</summary>
internal static class TestPictures
{
    /// <summary>Colour that changes in both directions, so that a shifted or turned result shows.</summary>
    public static ImageBuffer Rgb(int width, int height)
    {
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        for (var y = 0; y < height; y++)
        {
            var row = image.Row<byte>(y);
            for (var x = 0; x < width; x++)
            {
                row[3 * x] = (byte)(x * 255 / Math.Max(1, width - 1));
                row[(3 * x) + 1] = (byte)(y * 255 / Math.Max(1, height - 1));
                row[(3 * x) + 2] = (byte)(((x * 7) ^ (y * 13)) & 255);
            }
        }

        return image;
    }

    public static byte[] Encode(ImageBuffer image, ImageFormat format = ImageFormat.Png, ImageMetadata? metadata = null)
    {
        using var memory = new MemoryStream();
        ImageFile.Write(memory, image, metadata, new ImageWriteOptions { Format = format });
        return memory.ToArray();
    }

    public static byte[] Png(int width, int height) => Encode(Rgb(width, height));

    public static ImageBuffer Decode(byte[] file)
    {
        using var memory = new MemoryStream(file);
        return ImageFile.Read(memory).Pixels;
    }
}
