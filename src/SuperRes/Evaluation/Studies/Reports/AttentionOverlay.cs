using SuperRes.Evaluation.Figures;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>Lays what a spatial gate multiplied by over the picture: figure 6 of Deviyani and Singh 2022.</summary>
internal static class AttentionOverlay
{
    /// <summary>How much of the colour is seen over the gray picture.</summary>
    private const double Strength = 0.62;

    // Blue, through violet and orange, to yellow: darker is less, also in gray and for those who see colours differently
    // (the stops of Matplotlib's "plasma", CC0).
    private static readonly (double R, double G, double B)[] Colors =
        [(13, 8, 135), (84, 2, 163), (139, 10, 165), (185, 50, 137), (219, 92, 104), (244, 136, 73), (254, 188, 43), (240, 249, 33)];

    /// <summary>Paints the weights, from their lowest to their highest, over a picture.</summary>
    /// <param name="picture">8-bit RGB.</param>
    /// <param name="weights">A weight per pixel of the picture or of an enlarged copy of it.</param>
    public static ImageBuffer Paint(ImageBuffer picture, SpatialAttention weights)
    {
        var luma = LumaPlane.Of(picture);
        var values = weights.Weights.Span;
        var (low, high) = Range(weights);
        var result = new ImageBuffer(picture.Width, picture.Height, ColorModel.Rgb, SampleType.UInt8);
        for (var y = 0; y < picture.Height; y++)
        {
            var row = result.Row<byte>(y);
            for (var x = 0; x < picture.Width; x++)
            {
                var value = values[((int)((long)y * weights.Height / picture.Height) * weights.Width) + (int)((long)x * weights.Width / picture.Width)];
                var (r, g, b) = ColorOf(high > low ? (value - low) / (high - low) : 0.5);
                var gray = luma[(y * picture.Width) + x];
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = (Mix(gray, r), Mix(gray, g), Mix(gray, b));
            }
        }

        return result;
    }

    /// <summary>The lowest and the highest weight, which are painted darkest and brightest.</summary>
    public static (float Low, float High) Range(SpatialAttention weights)
    {
        var (low, high) = (float.MaxValue, float.MinValue);
        foreach (var value in weights.Weights.Span)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }

    private static (double R, double G, double B) ColorOf(double share)
    {
        var position = Math.Clamp(share, 0, 1) * (Colors.Length - 1);
        var index = Math.Min((int)position, Colors.Length - 2);
        var (from, to, part) = (Colors[index], Colors[index + 1], position - index);
        return (from.R + ((to.R - from.R) * part), from.G + ((to.G - from.G) * part), from.B + ((to.B - from.B) * part));
    }

    private static byte Mix(float gray, double color) => (byte)Math.Round(gray + ((color - gray) * Strength));
}
