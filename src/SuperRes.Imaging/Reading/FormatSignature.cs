using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Imaging.Reading;

/// <summary>Tells a file's format from its first bytes: a name may lie, so only the content decides.</summary>
internal static class FormatSignature
{
    /// <summary>As many leading bytes as any signature here looks at: HEIF's list of brands has no limit, and is far shorter.</summary>
    public const int Length = 512;

    private const int BrandLength = 4;
    private const int MajorBrandPosition = 8;
    private const int CompatibleBrandsPosition = 16;
    private const int TextLength = 32;

    // In the order in which they count: what names a codec before what leaves it open.
    private static readonly (string Brand, ImageFormat Format)[] HeifBrands =
    [
        ("avif", ImageFormat.Avif), ("avis", ImageFormat.Avif),
        ("heic", ImageFormat.Heif), ("heix", ImageFormat.Heif), ("hevc", ImageFormat.Heif), ("hevx", ImageFormat.Heif),
        ("heim", ImageFormat.Heif), ("heis", ImageFormat.Heif), ("mif1", ImageFormat.Heif), ("msf1", ImageFormat.Heif),
    ];

    /// <summary>The format, or null where the bytes are none of them.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => ImageFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => ImageFormat.Tiff,
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => ImageFormat.JpegXl,
        _ when head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) => ImageFormat.Gif,
        _ when head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) => ImageFormat.Webp,
        _ when head.Length >= 12 && head[4..].StartsWith("ftyp"u8) => DetectHeif(head),
        _ => null,
    };

    /// <summary>What unusable content looks like, for an error message: <c>a BMP image</c>, <c>text</c>.</summary>
    public static string Describe(ReadOnlySpan<byte> head) => head switch
    {
        [] => "an empty file",
        [(byte)'B', (byte)'M', ..] => "a BMP image",
        _ when head.StartsWith("%PDF"u8) => "a PDF document",
        _ when head.StartsWith("8BPS"u8) => "a Photoshop document",
        _ when head.StartsWith("PK\x03\x04"u8) => "a zip archive",
        _ when LooksLikeText(head[..Math.Min(TextLength, head.Length)]) => $"text that starts with \"{Quote(head)}\"",
        _ => $"bytes that start with {Convert.ToHexString(head[..Math.Min(8, head.Length)])}",
    };

    /// <summary>
    /// Looks through a file type box (ISO/IEC 14496-12, 4.3): size, type, major brand, version, compatible brands up to its
    /// size. A general major brand (mif1) leaves it to the others which codec is inside.
    /// </summary>
    private static ImageFormat? DetectHeif(ReadOnlySpan<byte> head)
    {
        var end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), (uint)head.Length);
        var brands = new List<string> { Encoding.Latin1.GetString(head.Slice(MajorBrandPosition, BrandLength)) };
        for (var at = CompatibleBrandsPosition; at + BrandLength <= end; at += BrandLength)
        {
            brands.Add(Encoding.Latin1.GetString(head.Slice(at, BrandLength)));
        }

        foreach (var (brand, format) in HeifBrands)
        {
            if (brands.Contains(brand))
            {
                return format;
            }
        }

        return null;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
        {
            if (b is < 32 and not (9 or 10 or 13) or 127)
            {
                return false;
            }
        }

        return true;
    }

    private static string Quote(ReadOnlySpan<byte> head)
    {
        var text = InputFile.Printable(Encoding.UTF8.GetString(head).ReplaceLineEndings(" ").Trim());
        return text.Length <= 16 ? text : text[..16].TrimEnd() + "…";
    }
}
