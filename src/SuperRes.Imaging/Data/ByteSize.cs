using System.Globalization;

namespace SuperRes.Imaging.Data;

/// <summary>Sizes for a person: <c>3.3 GiB</c>.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>The size in the largest binary unit that it fills, with one decimal; invariant culture.</summary>
    public static string Format(long bytes)
    {
        var unit = 0;
        double value = bytes;
        while (Math.Abs(value) >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
