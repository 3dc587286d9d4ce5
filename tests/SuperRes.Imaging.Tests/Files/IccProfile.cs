using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Imaging.Tests.Files;

/// <summary>Makes small ICC version 2 profiles by the specification (ICC.1:2001-04).</summary>
internal static class IccProfile
{
    /// <summary>
    /// Display P3: its primaries adapted to D50 as Apple's own profile gives them, and gamma 2.2 for its curve, which
    /// is enough to tell it from sRGB.
    /// </summary>
    public static byte[] DisplayP3() => Build("mntr", "RGB ", "XYZ ",
        ("desc", Description("Display P3 (test)")), ("cprt", Text("CC0")), ("wtpt", Xyz(0.9642, 1, 0.8249)),
        ("rXYZ", Xyz(0.51512, 0.24120, -0.00105)), ("gXYZ", Xyz(0.29198, 0.69225, 0.04189)), ("bXYZ", Xyz(0.15710, 0.06657, 0.78407)),
        ("rTRC", Gamma()), ("gTRC", Gamma()), ("bTRC", Gamma()));

    /// <summary>Gray with gamma 2.2.</summary>
    public static byte[] GrayGamma() => Build("mntr", "GRAY", "XYZ ",
        ("desc", Description("Gray (test)")), ("cprt", Text("CC0")), ("wtpt", Xyz(0.9642, 1, 0.8249)), ("kTRC", Gamma()));

    /// <summary>Gray whose samples are proportional to light: a curve without entries (ICC.1:2001-04, 6.5.3).</summary>
    public static byte[] GrayLinear() => Build("mntr", "GRAY", "XYZ ",
        ("desc", Description("Linear gray (test)")), ("cprt", Text("CC0")), ("wtpt", Xyz(0.9642, 1, 0.8249)),
        ("kTRC", [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 0]));

    /// <summary>
    /// A CMYK space of flat colours: a 2x2x2x2 table from ink to CIELab (8-bit: L* 0 to 255, a* and b* offset 128), given
    /// by a function of which inks are full.
    /// </summary>
    public static byte[] Cmyk(Func<bool, bool, bool, bool, (byte L, byte A, byte B)> color)
    {
        using var table = new MemoryStream();
        for (var i = 0; i < 16; i++)
        {
            var (l, a, b) = color((i & 8) != 0, (i & 4) != 0, (i & 2) != 0, (i & 1) != 0);
            table.Write([l, a, b]);
        }

        byte[] identity = [.. Enumerable.Range(0, 256).Select(v => (byte)v)];
        byte[] lut = [.. "mft1"u8, 0, 0, 0, 0, 4, 3, 2, 0];
        foreach (var element in (double[])[1, 0, 0, 0, 1, 0, 0, 0, 1])
        {
            lut = [.. lut, .. Fixed(element)];
        }

        byte[] inputs = [.. identity, .. identity, .. identity, .. identity];
        lut = [.. lut, .. inputs, .. table.ToArray(), .. identity, .. identity, .. identity];
        return Build("prtr", "CMYK", "Lab ", ("desc", Description("CMYK (test)")), ("cprt", Text("CC0")), ("wtpt", Xyz(0.9642, 1, 0.8249)), ("A2B0", lut));
    }

    private static byte[] Build(string kind, string space, string connection, params (string Tag, byte[] Data)[] tags)
    {
        var header = new byte[128];
        header[8] = 2;
        header[9] = 0x40;
        Encoding.ASCII.GetBytes(kind + space + connection).CopyTo(header, 12);
        Encoding.ASCII.GetBytes("acsp").CopyTo(header, 36);
        Xyz(0.9642, 1, 0.8249)[8..].CopyTo(header, 68);
        using var table = new MemoryStream();
        using var data = new MemoryStream();
        table.Write(PngFile.BigEndian(tags.Length));
        foreach (var (tag, bytes) in tags)
        {
            table.Write(Encoding.ASCII.GetBytes(tag));
            table.Write(PngFile.BigEndian(132 + (12 * tags.Length) + (int)data.Length));
            table.Write(PngFile.BigEndian(bytes.Length));
            data.Write(bytes);
            data.Write(new byte[(4 - (bytes.Length % 4)) % 4]);
        }

        byte[] profile = [.. header, .. table.ToArray(), .. data.ToArray()];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        return profile;
    }

    private static byte[] Description(string text) =>
        [.. "desc"u8, 0, 0, 0, 0, .. PngFile.BigEndian(text.Length + 1), .. Encoding.ASCII.GetBytes(text), .. new byte[1 + 4 + 4 + 2 + 1 + 67]];

    private static byte[] Text(string text) => [.. "text"u8, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Xyz(double x, double y, double z) => [.. "XYZ "u8, 0, 0, 0, 0, .. Fixed(x), .. Fixed(y), .. Fixed(z)];

    // One 8.8 fixed-point number is a plain gamma: 2.2 = 0x0233.
    private static byte[] Gamma() => [.. "curv"u8, 0, 0, 0, 0, .. PngFile.BigEndian(1), 0x02, 0x33];

    private static byte[] Fixed(double value) => PngFile.BigEndian((int)Math.Round(value * 65536));
}
