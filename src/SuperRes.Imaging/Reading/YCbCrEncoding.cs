using NetVips;
using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// How a TIFF without JPEG compression stores YCbCr (TIFF 6.0, section 21), which libvips takes for RGB. Subsampled
/// chroma, which would need unpacking before, is refused, and so is anything but 8 bits, which the section is about.
/// </summary>
internal sealed class YCbCrEncoding
{
    private const int MaxChroma = 127;

    // Defaults of the section: the luma weights of CCIR 601-1, no headroom, chroma halved in both directions.
    private double[] _luma = [0.299, 0.587, 0.114];
    private double[] _blackAndWhite = [0, 255, 128, 255, 128, 255];
    private double[] _subsampling = [2, 2];

    public static YCbCrEncoding Read(TiffStructure structure, IReadOnlyList<IfdEntry> entries)
    {
        var encoding = new YCbCrEncoding();
        Set(TiffTag.YCbCrCoefficients, ref encoding._luma);
        Set(TiffTag.ReferenceBlackWhite, ref encoding._blackAndWhite);
        Set(TiffTag.YCbCrSubSampling, ref encoding._subsampling);
        return encoding;

        void Set(ushort tag, ref double[] values)
        {
            if (entries.FirstOrDefault(e => e.Tag == tag) is { } entry && entry.Count == values.Length && structure.ReadValue(entry) is { } value)
            {
                values = structure.Numbers(value);
            }
        }
    }

    /// <summary>The converted image, 8 bit; channels after the third are passed on.</summary>
    public Image ToRgb(Image stored)
    {
        if (stored.Bands < 3 || stored.Format != Enums.BandFormat.Uchar || _subsampling is not [1, 1])
        {
            throw new NotSupportedException(
                $"YCbCr colour without JPEG compression is read with three 8-bit channels of one size, and here are {stored.Bands} of type {stored.Format}, chroma subsampled {_subsampling[0]}x{_subsampling[1]}");
        }

        var scales = Scales();
        if (_luma[1] == 0 || !scales.All(double.IsFinite))
        {
            throw new NotSupportedException("its YCbCrCoefficients or ReferenceBlackWhite divide by zero");
        }

        using var codes = stored.ExtractBand(0, n: 3);
        using var centred = codes.Linear(scales, [.. scales.Select((scale, i) => -scale * _blackAndWhite[2 * i])]);
        using var matrix = Image.NewFromArray(Matrix());
        using var mixed = centred.Recomb(matrix);
        using var rounded = mixed.Rint();
        using var bytes = rounded.Cast(Enums.BandFormat.Uchar);
        using var rgb = bytes.Copy(interpretation: Enums.Interpretation.Srgb);
        return stored.Bands > 3 ? rgb.Bandjoin(stored.ExtractBand(3, n: stored.Bands - 3)) : rgb.Copy();
    }

    /// <summary>What a step of each code is worth: black to white is 255 of luma and 127 of chroma.</summary>
    private double[] Scales() =>
    [
        byte.MaxValue / (_blackAndWhite[1] - _blackAndWhite[0]),
        MaxChroma / (_blackAndWhite[3] - _blackAndWhite[2]),
        MaxChroma / (_blackAndWhite[5] - _blackAndWhite[4]),
    ];

    // R = Y + (2 - 2 Lr) Cr, B = Y + (2 - 2 Lb) Cb, and G is what Y = Lr R + Lg G + Lb B leaves.
    private double[,] Matrix()
    {
        var (red, green, blue) = (_luma[0], _luma[1], _luma[2]);
        var (toRed, toBlue) = (2 - (2 * red), 2 - (2 * blue));
        return new[,]
        {
            { 1, 0, toRed },
            { (1 - red - blue) / green, -blue * toBlue / green, -red * toRed / green },
            { 1, toBlue, 0 },
        };
    }
}
