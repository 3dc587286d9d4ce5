namespace SuperRes.Imaging.Metadata;

/// <summary>How much a JPEG file leaves out, by the scale of libjpeg's <c>jpeg_set_quality</c>.</summary>
internal static class JpegQuality
{
    private const int Coefficients = 64;
    private const int Best = 100;

    /// <summary>Luminance, ITU-T T.81, table K.1. In what order does not matter here.</summary>
    private static readonly byte[] Luminance =
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly int[] Sums = [.. Enumerable.Range(1, Best).Select(SumAt)];

    /// <summary>The quality whose table for luminance divides by as much, all coefficients together: libjpeg's own number, and a likeness for the tables of others.</summary>
    /// <param name="segments">The file's; those that define quantization tables are looked at.</param>
    /// <returns>1 to 100; null where the file defines no first table.</returns>
    public static int? Estimate(IEnumerable<JpegSegment> segments)
    {
        foreach (var segment in segments.Where(segment => segment.Marker == JpegSegment.QuantizationTables))
        {
            // Tables one after another, each with its precision and number before it (B.2.4.1).
            for (var rest = segment.Payload.AsSpan(); rest.Length > 0;)
            {
                var (bytes, number) = (rest[0] >> 4 == 0 ? 1 : 2, rest[0] & 0xF);
                if (rest.Length < 1 + (bytes * Coefficients))
                {
                    break;
                }

                var table = rest.Slice(1, bytes * Coefficients);
                if (number == 0)
                {
                    return Nearest(Sum(table, bytes));
                }

                rest = rest[(1 + table.Length)..];
            }
        }

        return null;
    }

    private static int Sum(ReadOnlySpan<byte> table, int bytes)
    {
        var sum = 0;
        for (var i = 0; i < table.Length; i += bytes)
        {
            sum += bytes == 1 ? table[i] : (table[i] << 8) | table[i + 1];
        }

        return sum;
    }

    private static int Nearest(int sum) => 1 + Enumerable.Range(0, Best).MinBy(i => Math.Abs(Sums[i] - sum));

    private static int SumAt(int quality)
    {
        var percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        return Luminance.Sum(value => Math.Clamp(((value * percent) + 50) / 100, 1, byte.MaxValue));
    }
}
