using System.Globalization;

namespace SuperRes.Imaging.Reading;

/// <summary>Tells how the samples of a TIFF are stored (TIFF 6.0, BitsPerSample and SampleFormat).</summary>
internal static class TiffSamples
{
    /// <summary>What can be read, for a message.</summary>
    public const string Readable = "integers of 1, 2, 4, 8, 16 and 32 bits and 16- and 32-bit float";

    private const int Float = 3;

    /// <summary>What the samples are, where they are of a kind that can't be read; null where they can.</summary>
    /// <param name="bits">BitsPerSample of each channel.</param>
    /// <param name="formats">SampleFormat of each channel; empty where the file has none.</param>
    public static string? Unreadable(IReadOnlyList<int> bits, IReadOnlyList<int> formats)
    {
        if (bits.Distinct().Count() > 1 || formats.Distinct().Count() > 1)
        {
            return "samples of a different kind in each channel";
        }

        var size = bits.FirstOrDefault(1);
        var (name, isReadable) = formats.FirstOrDefault(1) switch
        {
            2 => ("signed integers", size is 8 or 16 or 32),
            Float => ("float", size is 16 or 32),
            5 or 6 => ("complex numbers", false),
            _ => ("integers", size is 1 or 2 or 4 or 8 or 16 or 32),
        };
        return isReadable ? null : string.Create(CultureInfo.InvariantCulture, $"samples of {size}-bit {name}");
    }
}
