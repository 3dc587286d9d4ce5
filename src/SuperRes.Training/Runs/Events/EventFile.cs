using System.Buffers.Binary;
using System.Numerics;

namespace SuperRes.Training.Runs.Events;

/// <summary>
/// The framing of TensorBoard's event files, which is TFRecord's: length (8 bytes), its checksum, data, its checksum, all
/// little-endian. Checksums are CRC-32C, turned and shifted so that data which holds checksums is checked well
/// (tensorflow/core/lib/hash/crc32c.h).
/// </summary>
internal static class EventFile
{
    private const int HeaderLength = 12;
    private const int FooterLength = 4;
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>One record with its frame.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        var record = new byte[HeaderLength + data.Length + FooterLength];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedChecksum(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeaderLength + data.Length), MaskedChecksum(data));
        return record;
    }

    /// <summary>The data of all whole records; what follows a torn one is left out.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Records(ReadOnlyMemory<byte> file)
    {
        while (file.Length >= HeaderLength + FooterLength)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
            if (length > (ulong)(file.Length - HeaderLength - FooterLength))
            {
                yield break;
            }

            var data = file.Slice(HeaderLength, (int)length);
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.Span[(HeaderLength + (int)length)..]) != MaskedChecksum(data.Span))
            {
                yield break;
            }

            yield return data;
            file = file[(HeaderLength + (int)length + FooterLength)..];
        }
    }

    private static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        var checksum = uint.MaxValue;
        foreach (var value in data)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return BitOperations.RotateRight(~checksum, 15) + MaskDelta;
    }
}
