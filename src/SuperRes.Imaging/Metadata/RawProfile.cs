using System.Buffers;
using System.Globalization;
using System.Text;

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

    /// <summary>The profile of a text chunk; null where it holds none.</summary>
    public static RawProfile? TryRead(PngText text) =>
        text.Keyword.StartsWith(Prefix, StringComparison.Ordinal) ? new RawProfile(text.Keyword[Prefix.Length..], Decode(text.Content)) : null;

    private static byte[]? Decode(byte[]? content)
    {
        var lines = Encoding.Latin1.GetString(content ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length < 3 || !int.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return null;
        }

        var digits = string.Concat(lines[2..]);
        var data = new byte[digits.Length / 2];
        return Convert.FromHexString(digits, data, out _, out var written) == OperationStatus.Done && written == length ? data : null;
    }
}
