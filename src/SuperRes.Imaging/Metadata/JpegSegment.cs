using System.Buffers.Binary;

namespace SuperRes.Imaging.Metadata;

/// <summary>A segment of a JPEG file that holds metadata or tells how much was left out (ITU-T T.81, B.1.1.4).</summary>
/// <param name="Marker">The second byte of its marker.</param>
/// <param name="Payload">Its content, without marker and length.</param>
internal sealed record JpegSegment(byte Marker, byte[] Payload)
{
    public const byte Application1 = 0xE1;
    public const byte Application2 = 0xE2;
    public const byte Application13 = 0xED;
    public const byte Comment = 0xFE;
    public const byte QuantizationTables = 0xDB;

    /// <summary>The longest payload: the length field counts itself (2 bytes) and holds 16 bits.</summary>
    public const int MaxPayload = ushort.MaxValue - 2;

    private const byte StartOfScan = 0xDA;
    private const int NoMarker = -1;

    /// <summary>Those of the file that starts where the stream stands, before the first picture's pixels.</summary>
    public static IReadOnlyList<JpegSegment> ReadAll(Stream file)
    {
        var segments = new List<JpegSegment>();
        var lengthField = new byte[sizeof(ushort)];
        file.Position += 2;
        for (int marker; (marker = ReadMarker(file)) is not (StartOfScan or NoMarker);)
        {
            var length = file.ReadAtLeast(lengthField, lengthField.Length, throwOnEndOfStream: false) == lengthField.Length
                ? BinaryPrimitives.ReadUInt16BigEndian(lengthField) - lengthField.Length
                : NoMarker;
            if (length < 0 || length > file.Length - file.Position)
            {
                break;
            }

            if (marker is Application1 or Application2 or Comment or QuantizationTables)
            {
                var payload = new byte[length];
                file.ReadExactly(payload);
                segments.Add(new JpegSegment((byte)marker, payload));
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

    /// <summary>The second byte of the marker that comes next; any number of 0xFF may fill the space before it (B.1.1.2).</summary>
    private static int ReadMarker(Stream file)
    {
        var next = file.ReadByte() == 0xFF ? 0xFF : NoMarker;
        while (next == 0xFF)
        {
            next = file.ReadByte();
        }

        return next;
    }
}
