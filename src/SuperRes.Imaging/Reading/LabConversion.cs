using NetVips;

namespace SuperRes.Imaging.Reading;

/// <summary>Converts L*a*b* samples, as TIFF stores them (D50), to sRGB.</summary>
internal static class LabConversion
{
    /// <summary>The converted image, 8 or 16 bit like the stored one; channels after the third are passed on.</summary>
    public static Image ToSrgb(Image stored, LabEncoding encoding)
    {
        if (stored.Bands < 3)
        {
            throw new NotSupportedException($"L*a*b* takes three channels, and there is {stored.Bands}");
        }

        var deep = PixelPipeline.IsDeep(stored, "L*a*b*");
        var (white, half, unit) = deep ? (encoding == LabEncoding.Offset ? 65280.0 : 65535.0, 32768.0, 256.0) : (255.0, 128.0, 1.0);
        using var lightness = stored[0] * (100 / white);
        using var a = Chroma(stored[1]);
        using var b = Chroma(stored[2]);
        using var joined = lightness.Bandjoin(a, b);
        using var lab = joined.Cast(Enums.BandFormat.Float);
        using var labelled = lab.Copy(interpretation: Enums.Interpretation.Lab);
        var converted = labelled.IccExport(pcs: Enums.PCS.Lab, intent: Enums.Intent.Relative, outputProfile: "srgb", depth: deep ? 16 : 8);
        return stored.Bands > 3 ? converted.Bandjoin(stored.ExtractBand(3, n: stored.Bands - 3)) : converted;

        Image Chroma(Image band) => encoding == LabEncoding.Offset
            ? (band - half) / unit
            : (band >= half).Ifthenelse(band - (2 * half), band) / unit;
    }
}
