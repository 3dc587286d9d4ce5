using System.Buffers.Binary;

namespace SuperRes.Imaging.Tests.Files;

/// <summary>Takes JPEG files apart at their markers, and puts segments in.</summary>
internal static class JpegFile
{
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;
    public const byte App13 = 0xED;
    public const byte Comment = 0xFE;

    /// <summary>The segments before the image data, as (marker, payload).</summary>
    public static List<(byte Marker, byte[] Payload)> Segments(byte[] file)
    {
        Assert.Equal([0xFF, 0xD8], file[..2]);
        var segments = new List<(byte, byte[])>();
        for (var at = 2; file[at + 1] != 0xDA;)
        {
            Assert.Equal(0xFF, file[at]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            segments.Add((file[at + 1], file[(at + 4)..(at + 2 + length)]));
            at += 2 + length;
        }

        return segments;
    }

    /// <summary>The payload of the one segment that begins with a prefix, without it.</summary>
    public static byte[] Payload(byte[] file, byte marker, string prefix) =>
        Assert.Single(Segments(file), s => s.Marker == marker && s.Payload.AsSpan().StartsWith(System.Text.Encoding.ASCII.GetBytes(prefix)))
            .Payload[prefix.Length..];

    /// <summary>The file with a segment put in right behind its start.</summary>
    public static byte[] Insert(byte[] file, byte marker, byte[] payload) =>
        [.. file[..2], 0xFF, marker, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2), .. payload, .. file[2..]];
}
