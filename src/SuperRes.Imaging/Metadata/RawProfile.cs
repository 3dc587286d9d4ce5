using System.Globalization;

namespace SuperRes.Imaging.Metadata;

/// <summary>
/// A profile in a PNG text chunk as ImageMagick writes it (coders/png.c, "Raw profile type"): a line break, the kind, the
/// number of bytes, and the bytes in hexadecimal, each on lines of their own.
/// </summary>
/// <param name="Kind">By the chunk's keyword: <c>exif</c>, <c>APP1</c>, <c>xmp</c>, <c>iptc</c>, <c>icc</c> and others.</param>
/// <param name="Data">Null where it is damaged.</param>
internal sealed record RawProfile(string Kind, byte[]? Data)
{
    private const string Prefix = "Raw profile type ";

    private static ReadOnlySpan<byte> XmpNamespace => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <summary>Whether the block is a JPEG segment that holds XMP, which goes by the same kind (APP1) as EXIF.</summary>
    public bool IsXmpSegment => Data.AsSpan().StartsWith(XmpNamespace);

    /// <summary>The XMP packet, without what JPEG puts before it.</summary>
    public byte[]? Xmp => IsXmpSegment ? Data![XmpNamespace.Length..] : Data;

    /// <summary>What kind of profile a text chunk holds, by its keyword; null where it holds none.</summary>
    public static string? KindOf(string keyword) => keyword.StartsWith(Prefix, StringComparison.Ordinal) ? keyword[Prefix.Length..] : null;

    /// <summary>The bytes that a chunk's text stands for; null where it is damaged.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        ReadLine(ref text); // the kind, once more
        if (!int.TryParse(ReadLine(ref text), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length < 1 || length > text.Length / 2)
        {
            return null;
        }

        var data = new byte[length];
        var digits = 0;
        foreach (var letter in text)
        {
            if (letter is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t')
            {
                continue;
            }

            if (Digit(letter) is not { } digit || digits == 2 * length)
            {
                return null;
            }

            data[digits / 2] = (byte)((data[digits / 2] << 4) | digit);
            digits++;
        }

        return digits == 2 * length ? data : null;
    }

    private static ReadOnlySpan<byte> ReadLine(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart("\r\n\t "u8);
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        text = text[line.Length..];
        return line.TrimEnd("\r\t "u8);
    }

    private static int? Digit(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        _ => null,
    };
}
