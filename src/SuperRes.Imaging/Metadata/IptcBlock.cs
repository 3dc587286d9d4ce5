using System.Buffers.Binary;

namespace SuperRes.Imaging.Metadata;

/// <summary>
/// IPTC records. TIFF stores them bare; JPEG wraps them in a Photoshop block of image resources (Adobe Photoshop File
/// Formats Specification, "Image Resource Blocks"), from which only they are taken: the others describe the old pixels.
/// </summary>
internal static class IptcBlock
{
    /// <summary>What every record begins with.</summary>
    public const byte RecordMarker = 0x1C;

    /// <summary>What <see cref="Wrap"/> puts before records: Photoshop's name (14), signature (4), number (2), empty name (2), length (4).</summary>
    public const int WrappingLength = 26;

    private const ushort IptcResource = 0x0404;
    private const int ResourceHeaderLength = 6;

    private static ReadOnlySpan<byte> Photoshop => "Photoshop 3.0\0"u8;

    private static ReadOnlySpan<byte> Signature => "8BIM"u8;

    /// <summary>The bare records of what a loader gives; empty where there are none.</summary>
    public static byte[] Unwrap(byte[] block)
    {
        if (block is [RecordMarker, ..])
        {
            return block;
        }

        var rest = block.AsSpan();
        if (rest.StartsWith(Photoshop))
        {
            rest = rest[Photoshop.Length..];
        }

        // Signature (4), number (2), name as a Pascal string padded to even, length (4), data padded to even.
        while (rest.Length > ResourceHeaderLength && rest.StartsWith(Signature))
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
            var nameEnd = ResourceHeaderLength + Even(1 + rest[ResourceHeaderLength]);
            if (nameEnd + 4 > rest.Length)
            {
                break;
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(rest[nameEnd..]);
            var data = rest[(nameEnd + 4)..];
            if (length > data.Length)
            {
                break;
            }

            if (number == IptcResource)
            {
                return data[..(int)length].ToArray();
            }

            rest = data[Math.Min(data.Length, Even((int)length))..];
        }

        return [];
    }

    /// <summary>Bare records wrapped as JPEG has them.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> records)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, records.Length);
        byte[] padding = records.Length % 2 == 0 ? [] : [0];
        return [.. Photoshop, .. Signature, IptcResource >> 8, IptcResource & 0xFF, 0, 0, .. length, .. records, .. padding];
    }

    private static int Even(int length) => length + (length & 1);
}
