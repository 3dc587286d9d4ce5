using System.Buffers.Binary;
using System.Text;
using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Writing;

/// <summary>
/// Puts EXIF (and, for PNG and JPEG, XMP and what else travels as it is) into a file that libvips encodes. libvips can write EXIF,
/// but takes it apart and rebuilds it, which breaks maker notes, and for TIFF it can't; so the block goes in whole here.
/// </summary>
internal static class MetadataEmbedding
{
    private const byte JfifMarker = 0xE0;
    private const int JfifLength = 18;
    private const int RiffHeaderLength = 12;
    private const int Vp8xLength = 18;
    private const byte Vp8xExifFlag = 0x08;
    private const byte Vp8xAlphaFlag = 0x10;

    /// <summary>The stream to encode into: one that adds on the way where the format allows that, else the target itself.</summary>
    public static Stream Wrap(Stream target, ImageFormat format, ImageMetadata metadata) => format switch
    {
        ImageFormat.Png => new HeadEditingStream(target, head => EditPng(head, metadata)),
        ImageFormat.Jpeg => new HeadEditingStream(target, head => EditJpeg(head, metadata)),
        _ => target,
    };

    /// <summary>Completes the finished file, which starts at the stream's start, where the format needs it whole.</summary>
    public static void Finish(Stream file, ImageFormat format, ImageMetadata metadata)
    {
        if (format == ImageFormat.Tiff)
        {
            TiffMetadata.Append(file, metadata.Exif, metadata.Iptc);
        }
        else if (format == ImageFormat.Webp && !metadata.Exif.IsEmpty)
        {
            AppendToWebp(file, metadata.Exif.Span);
        }
    }

    private static byte[]? EditPng(byte[] head, ImageMetadata metadata) => head.Length < PngChunks.HeaderLength
        ? null
        : [.. head.AsSpan(0, PngChunks.HeaderLength), .. PngInsertion(metadata), .. head.AsSpan(PngChunks.HeaderLength)];

    private static byte[] PngInsertion(ImageMetadata metadata)
    {
        using var bytes = new MemoryStream();

        // A file has either an ICC profile or sRGB (PNG, 11.3.2.3); the profile says more.
        foreach (var chunk in metadata.PngChunks.Where(c => c.Type != "sRGB" || metadata.IccProfile.IsEmpty))
        {
            bytes.Write(PngChunks.Serialise(chunk.Type, chunk.Data));
        }

        if (!metadata.Exif.IsEmpty)
        {
            bytes.Write(PngChunks.Serialise("eXIf", metadata.Exif.Span));
        }

        if (!metadata.Xmp.IsEmpty)
        {
            // Keyword and its end, not compressed (2 bytes), no language, no translated keyword (XMP specification part 3, 1.1.5).
            bytes.Write(PngChunks.Serialise("iTXt", [.. Encoding.Latin1.GetBytes(PngText.XmpKeyword), 0, 0, 0, 0, 0, .. metadata.Xmp.Span]));
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// Puts a JFIF segment at the start, where it insists to be, and EXIF, XMP, IPTC and comments behind it: libvips writes JFIF only
    /// when it is built without EXIF, and leaves the resolution to the EXIF that it would write.
    /// </summary>
    private static byte[]? EditJpeg(byte[] head, ImageMetadata metadata)
    {
        const int start = 2;
        if (head.Length < start + JfifLength)
        {
            return null;
        }

        var rest = head.AsSpan(start + (head[start + 1] == JfifMarker ? JfifLength : 0));
        byte[] exif = metadata.Exif.IsEmpty ? [] : new JpegSegment(JpegSegment.Application1, [.. "Exif\0\0"u8, .. metadata.Exif.Span]).Serialise();
        byte[] xmp = metadata.Xmp.IsEmpty ? [] : new JpegSegment(JpegSegment.Application1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. metadata.Xmp.Span]).Serialise();
        byte[] iptc = metadata.Iptc.IsEmpty ? [] : new JpegSegment(JpegSegment.Application13, IptcBlock.Wrap(metadata.Iptc.Span)).Serialise();
        byte[] comments = [.. metadata.Comments.SelectMany(comment => new JpegSegment(JpegSegment.Comment, comment).Serialise())];
        return [.. head.AsSpan(0, start), .. JfifSegment(metadata.Resolution), .. exif, .. xmp, .. iptc, .. comments, .. rest];
    }

    // ITU-T T.871, 10.1: version 1.02, units (0: only the aspect is known, 1: per inch), densities, no thumbnail.
    private static byte[] JfifSegment(ImageResolution? resolution)
    {
        byte[] segment = [0xFF, JfifMarker, 0, JfifLength - 2, .. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0];
        if (resolution is { } perInch)
        {
            segment[11] = 1;
            BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(12), ToDensity(perInch.Horizontal));
            BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), ToDensity(perInch.Vertical));
        }

        return segment;
    }

    private static ushort ToDensity(double perInch) => (ushort)Math.Clamp(Math.Round(perInch), 1, ushort.MaxValue);

    private static void AppendToWebp(Stream file, ReadOnlySpan<byte> exif)
    {
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        var isExtended = bytes.AsSpan(RiffHeaderLength).StartsWith("VP8X"u8);
        var extended = isExtended ? bytes[RiffHeaderLength..(RiffHeaderLength + Vp8xLength)] : MakeVp8x(bytes);
        extended[8] |= Vp8xExifFlag;
        file.SetLength(0);
        file.Write(bytes.AsSpan(0, RiffHeaderLength));
        file.Write(extended);
        file.Write(bytes.AsSpan(RiffHeaderLength + (isExtended ? Vp8xLength : 0)));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(number, exif.Length);
        file.Write("EXIF"u8);
        file.Write(number);
        file.Write(exif);
        file.Write(exif.Length % 2 == 0 ? [] : [0]);
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)(file.Length - 8));
        file.Position = 4;
        file.Write(number);
        file.Position = file.Length;
    }

    /// <summary>The extended header of a simple WebP file (RFC 9649, 2.7), from its first chunk's own header.</summary>
    private static byte[] MakeVp8x(ReadOnlySpan<byte> file)
    {
        var data = file[(RiffHeaderLength + 8)..];
        int width, height;
        byte flags = 0;
        if (file[RiffHeaderLength..].StartsWith("VP8L"u8))
        {
            // RFC 9649, 3.4: a signature byte, then 14 bits of width - 1, 14 of height - 1, 1 of alpha.
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            width = (int)(bits & 0x3FFF) + 1;
            height = (int)((bits >> 14) & 0x3FFF) + 1;
            flags = ((bits >> 28) & 1) != 0 ? Vp8xAlphaFlag : (byte)0;
        }
        else
        {
            // RFC 6386, 9.1: frame tag (3 bytes), start code (3), then 14 bits each of width and height.
            width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF;
            height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF;
        }

        var chunk = new byte[Vp8xLength];
        "VP8X"u8.CopyTo(chunk);
        chunk[4] = Vp8xLength - 8;
        chunk[8] = flags;
        Write24(chunk.AsSpan(12), width - 1);
        Write24(chunk.AsSpan(15), height - 1);
        return chunk;
    }

    private static void Write24(Span<byte> target, int value)
    {
        target[0] = (byte)value;
        target[1] = (byte)(value >> 8);
        target[2] = (byte)(value >> 16);
    }
}
