using SuperRes.Pixels;

namespace SuperRes.Imaging.Writing;

/// <summary>16-bit samples for formats that hold 12 bits.</summary>
internal static class TwelveBitSamples
{
    /// <summary>The 4096 levels that 12 bits give, in the upper bits, where libvips' savers take them from; to the nearest, half up.</summary>
    public static ImageBuffer Round(ImageBuffer image)
    {
        const int white = (1 << 12) - 1;
        var result = new ImageBuffer(image.Width, image.Height, image.Color, SampleType.UInt16);
        var source = image.Samples<ushort>();
        var target = result.Samples<ushort>();
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = (ushort)((((source[i] * white) + (ushort.MaxValue / 2)) / ushort.MaxValue) << 4);
        }

        return result;
    }
}
