using SuperRes.Pixels;

namespace SuperRes.Imaging.Writing;

/// <summary>Removes alpha by laying the image on white.</summary>
internal static class AlphaFlattening
{
    private const int White = byte.MaxValue;

    /// <summary>The 8-bit image without its alpha.</summary>
    public static ImageBuffer OnWhite(ImageBuffer image)
    {
        var channels = image.Channels - 1;
        var result = new ImageBuffer(image.Width, image.Height, (ColorModel)channels, SampleType.UInt8);
        var source = image.Samples<byte>();
        var target = result.Samples<byte>();
        for (int from = 0, to = 0; from < source.Length; from += image.Channels)
        {
            int alpha = source[from + channels];
            for (var c = 0; c < channels; c++)
            {
                target[to++] = (byte)(((source[from + c] * alpha) + (White * (White - alpha)) + (White / 2)) / White);
            }
        }

        return result;
    }
}
