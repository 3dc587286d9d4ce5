using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Imaging.Metadata;

/// <summary>Reads and lays out PNG chunks (PNG specification, third edition, clauses 5 and 11).</summary>
internal static class PngChunks
{
    /// <summary>Signature (8 bytes) and header chunk (25): where further chunks may be put.</summary>
    public const int HeaderLength = 33;

    private const int SignatureLength = 8;

    /// <summary>Text chunks above this hold no comment that a person wrote.</summary>
    private const int MaxCommentLength = 1 << 20;

    /// <summary>Chunks above this hold no metadata.</summary>
    private const int MaxDataLength = 1 << 24;

    // 1 / 2.2, and white, red, green and blue, all times 100,000 in four bytes each.
    private static readonly byte[] SrgbGamma = BigEndian(45455);
    private static readonly byte[] SrgbChromaticities = BigEndian(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000);

    private static readonly string[] ColorTypes = ["gAMA", "cHRM", "sRGB", "cICP", "mDCV", "cLLI"];
    private static readonly string[] TextTypes = ["tEXt", "zTXt", "iTXt"];
    private static readonly string[] MetadataTypes = [.. ColorTypes, .. TextTypes, "eXIf", "acTL", "iCCP"];

    /// <summary>The chunks of the file that starts where the stream stands that hold metadata, in their order, read as they are asked for.</summary>
    /// <param name="file">Seekable.</param>
    /// <param name="texts">Is given where each text chunk begins and ends, also of those that are too long to be read.</param>
    public static IEnumerable<PngChunk> Read(Stream file, ICollection<(long Start, long End)> texts)
    {
        var head = new byte[8];
        file.Position += SignatureLength;
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            var start = file.Position - head.Length;
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = Encoding.Latin1.GetString(head, 4, 4);
            var end = file.Position + length + sizeof(uint);
            if (end > file.Length)
            {
                break;
            }

            if (TextTypes.Contains(type))
            {
                texts.Add((start, end));
            }

            if (length <= MaxDataLength && MetadataTypes.Contains(type))
            {
                var data = new byte[length];
                file.ReadExactly(data);
                yield return new PngChunk(type, data);
            }

            file.Position = end;
        }
    }

    /// <summary>Whether a chunk describes colour or is a comment, and so may go into another file as it stands.</summary>
    public static bool Travels(PngChunk chunk) =>
        ColorTypes.Contains(chunk.Type) || (TextTypes.Contains(chunk.Type) && chunk.Data.Length <= MaxCommentLength);

    /// <summary>Whether a colour chunk says no more than what is assumed without it: that the image is sRGB (PNG, 11.3.2.5).</summary>
    public static bool SaysOnlySrgb(PngChunk chunk) => chunk.Type switch
    {
        "sRGB" => true,
        "gAMA" => chunk.Data.AsSpan().SequenceEqual(SrgbGamma),
        "cHRM" => chunk.Data.AsSpan().SequenceEqual(SrgbChromaticities),
        _ => false,
    };

    /// <summary>What a chunk holds, for a note on its loss.</summary>
    public static string Describe(PngChunk chunk) =>
        ColorTypes.Contains(chunk.Type) ? $"PNG's {chunk.Type} colour description" : "PNG's text comments";

    /// <summary>The chunk as it stands in a file.</summary>
    public static byte[] Serialise(string type, ReadOnlySpan<byte> data)
    {
        var bytes = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(bytes, data.Length);
        Encoding.Latin1.GetBytes(type, bytes.AsSpan(4));
        data.CopyTo(bytes.AsSpan(8));
        var checksum = new Crc32();
        checksum.Append(bytes.AsSpan(4, data.Length + 4));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(data.Length + 8), checksum.Value);
        return bytes;
    }

    private static byte[] BigEndian(params ReadOnlySpan<int> values)
    {
        var bytes = new byte[values.Length * sizeof(int)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        }

        return bytes;
    }
}
