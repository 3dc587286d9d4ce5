using System.Runtime.InteropServices;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Attention;

/// <summary>Weights as colours: viridis (Smith and van der Walt 2015, CC0), whose lightness grows evenly and which the colour-blind can read.</summary>
internal static class HeatMap
{
    /// <summary>The most that a pixel takes in a file.</summary>
    public const int BytesPerPixel = 3;

    // Sixteen equidistant colours of the map, dark to bright.
    private static readonly uint[] Anchors =
    [
        0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e, 0x2a788e, 0x23888e,
        0x1f988b, 0x22a884, 0x35b779, 0x54c568, 0x7ad151, 0xa5db36, 0xd2e21b, 0xfde725,
    ];

    private static readonly byte[] Colors = Interpolate();

    /// <summary>An image of the map's size; its smallest weight is the darkest colour, its largest the brightest.</summary>
    public static ImageBuffer Paint(SpatialAttention map, float min, float max)
    {
        var image = new ImageBuffer(map.Width, map.Height, ColorModel.Rgb, SampleType.UInt8);
        var target = MemoryMarshal.Cast<byte, Color>(image.Samples<byte>());
        var colors = MemoryMarshal.Cast<byte, Color>(Colors);
        var gain = max > min ? 255 / (max - min) : 0;
        var weights = map.Weights.Span;
        for (var i = 0; i < weights.Length; i++)
        {
            target[i] = colors[Math.Clamp((int)(((weights[i] - min) * gain) + 0.5f), 0, 255)];
        }

        return image;
    }

    private static byte[] Interpolate()
    {
        var colors = new byte[3 * 256];
        for (var i = 0; i < 256; i++)
        {
            var position = i * (Anchors.Length - 1) / 255.0;
            var left = Math.Min((int)position, Anchors.Length - 2);
            for (var c = 0; c < 3; c++)
            {
                var shift = 16 - (8 * c);
                double a = (Anchors[left] >> shift) & 255, b = (Anchors[left + 1] >> shift) & 255;
                colors[(3 * i) + c] = (byte)Math.Round(a + ((b - a) * (position - left)));
            }
        }

        return colors;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Color(byte R, byte G, byte B);
}
