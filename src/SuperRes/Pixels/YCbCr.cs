namespace SuperRes.Pixels;

/// <summary>
/// BT.601 luma and chroma as in MATLAB's <c>rgb2ycbcr</c>, in double precision: for R, G, B from 0 to 255, Y runs
/// from 16 to 235 and Cb, Cr from 16 to 240.
/// </summary>
public static class YCbCr
{
    /// <summary>Luma of a gray pixel replicated to RGB spans this many levels for 255 levels of gray.</summary>
    public const double LumaRange = RedToY + GreenToY + BlueToY;

    private const double RedToY = 65.481;
    private const double GreenToY = 128.553;
    private const double BlueToY = 24.966;

    /// <summary>Luma, 16 to 235.</summary>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">0 to 255.</param>
    /// <param name="blue">0 to 255.</param>
    public static double Luma(double red, double green, double blue) =>
        16 + (((RedToY * red) + (GreenToY * green) + (BlueToY * blue)) / 255);

    /// <summary>Luma and chroma of one pixel.</summary>
    /// <inheritdoc cref="Luma" path="/param"/>
    public static (double Y, double Cb, double Cr) FromRgb(double red, double green, double blue) => (
        Luma(red, green, blue),
        128 + (((-37.797 * red) - (74.203 * green) + (112.0 * blue)) / 255),
        128 + (((112.0 * red) - (93.786 * green) - (18.214 * blue)) / 255));

    /// <summary>The pixel that <see cref="FromRgb"/> made these of; not clipped.</summary>
    /// <param name="y">16 to 235.</param>
    /// <param name="cb">16 to 240.</param>
    /// <param name="cr">16 to 240.</param>
    public static (double Red, double Green, double Blue) ToRgb(double y, double cb, double cr)
    {
        // The rows above for chroma are 224 times (colour - luma) over the largest such difference. Undoing that gives
        // blue and red from Cb and Cr, and green from what luma is left.
        var luma = (y - 16) * 255 / LumaRange;
        var blue = luma + ((cb - 128) * 255 * (LumaRange - BlueToY) / (112.0 * LumaRange));
        var red = luma + ((cr - 128) * 255 * (LumaRange - RedToY) / (112.0 * LumaRange));
        return (red, ((LumaRange * luma) - (RedToY * red) - (BlueToY * blue)) / GreenToY, blue);
    }
}
