using System.Buffers.Binary;

namespace SuperRes.Imaging.Metadata;

/// <summary>A segment of a JPEG file that holds metadata (ITU-T T.81, B.1.1.4).</summary>
/// <param name="Marker">The second byte of its marker.</param>
/// <param name="Payload">Its content, without marker and length.</param>
internal sealed record JpegSegment(byte Marker, byte[] Payload)
{
    public const byte Application1 = 0xE1;
    public const byte Application2 = 0xE2;
    public const byte Comment = 0xFE;

    private const byte StartOfScan = 0xDA;

    /// <summary>Those of the file that starts where the stream stands, before the first picture's pixels.</summary>
    public static IReadOnlyList<JpegSegment> ReadAll(Stream file)
    {
        var segments = new List<JpegSegment>();
        var head = new byte[4];
        file.Position += 2;
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[0] == 0xFF && head[1] != StartOfScan)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)) - 2;
            if (length < 0 || length > file.Length - file.Position)
            {
                break;
            }

            if (head[1] is Application1 or Application2 or Comment)
            {
                var payload = new byte[length];
                file.ReadExactly(payload);
                segments.Add(new JpegSegment(head[1], payload));
            }
            else
            {
                file.Position += length;
            }
        }

        return segments;
    }

    /// <summary>The segment as it stands in a file.</summary>
    public byte[] Serialise()
    {
        byte[] bytes = [0xFF, Marker, 0, 0, .. Payload];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)(Payload.Length + 2));
        return bytes;
    }
}
