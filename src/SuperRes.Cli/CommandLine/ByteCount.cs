using System.Globalization;

namespace SuperRes.Cli.CommandLine;

/// <summary>Amounts of memory as people write them.</summary>
internal static class ByteCount
{
    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("KIB", 1L << 10), ("MIB", 1L << 20), ("GIB", 1L << 30),
        ("KB", 1e3), ("MB", 1e6), ("GB", 1e9),
        ("K", 1e3), ("M", 1e6), ("G", 1e9), ("B", 1),
    ];

    /// <summary>In megabytes, rounded up: <c>512 MB</c>.</summary>
    public static string Format(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e6):0} MB");

    /// <summary>Reads <c>2GB</c>, <c>1.5 GiB</c>, <c>800M</c>, <c>4096B</c>. A number alone is none: who writes 12 seldom means bytes.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var upper = text.Trim().ToUpperInvariant();
        var (unit, factor) = Array.Find(Units, entry => upper.EndsWith(entry.Unit, StringComparison.Ordinal));
        if (unit is null || !double.TryParse(upper[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var total = value * factor;
        bytes = total is >= 1 and < long.MaxValue ? (long)total : 0;
        return bytes > 0;
    }
}
