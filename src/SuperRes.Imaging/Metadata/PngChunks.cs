using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Imaging.Metadata;

/// <summary>Reads and lays out PNG chunks (PNG specification, third edition, clauses 5 and 11).</summary>
internal static class PngChunks
{
    /// <summary>Signature (8 bytes) and header chunk (25): where further chunks may be put.</summary>
    public const int HeaderLength = 33;

    /// <summary>The type of the chunk that says how large a pixel is.</summary>
    public const string Resolution = "pHYs";

    private const int SignatureLength = 8;

    /// <summary>Text chunks above this hold no comment that a person wrote.</summary>
    private const int MaxCommentLength = 1 << 20;

    /// <summary>Chunks above this hold no metadata.</summary>
    private const int MaxDataLength = 1 << 24;

    // 1 / 2.2, and white, red, green and blue, all times 100,000 in four bytes each.
    private static readonly byte[] SrgbGamma = BigEndian(45455);
    private static readonly byte[] SrgbChromaticities = BigEndian(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000);

    // Each with its length.
    private static readonly Dictionary<string, int> ColorTypes = new() { ["gAMA"] = 4, ["cHRM"] = 32, ["sRGB"] = 1, ["cICP"] = 4, ["mDCV"] = 24, ["cLLI"] = 8 };
    private static readonly string[] TextTypes = ["tEXt", "zTXt", "iTXt"];
    private static readonly string[] MetadataTypes = [.. ColorTypes.Keys, .. TextTypes, Resolution, "eXIf", "acTL", "iCCP"];

    /// <summary>
    /// The chunks of the file that starts where the stream stands that hold metadata, in their order, read as they are asked
    /// for. Of colour descriptions and the resolution only those that decoders heed: the first of a type, before the pixels (5.6).
    /// </summary>
    /// <param name="file">Seekable.</param>
    /// <param name="hidden">Is given where the chunks that nobody else is to read begin and end: texts, and those that are left out.</param>
    /// <param name="leftOut">Is given the types of those that are damaged, or too long to be read.</param>
    public static IEnumerable<PngChunk> Read(Stream file, ICollection<(long Start, long End)> hidden, ISet<string> leftOut)
    {
        var head = new byte[8];
        var checksum = new byte[sizeof(uint)];
        var described = new HashSet<string>();
        var isBehindPixels = false;
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

            isBehindPixels |= type == "IDAT";
            var isHeeded = MetadataTypes.Contains(type) && !((ColorTypes.ContainsKey(type) || type == Resolution) && (isBehindPixels || described.Contains(type)));
            var isReadable = length <= MaxDataLength && ColorTypes.GetValueOrDefault(type, (int)length) == length;
            var data = isHeeded && isReadable ? ReadData(file, head, checksum, (int)length) : null;
            var isLeftOut = isHeeded && data is null;
            if (isLeftOut || TextTypes.Contains(type))
            {
                hidden.Add((start, end));
            }

            if (isLeftOut)
            {
                leftOut.Add(type);
            }
            else if (data is not null)
            {
                described.Add(type);
                yield return new PngChunk(type, data);
            }

            file.Position = end;
        }
    }

    /// <summary>Whether a chunk describes colour or is a comment, and so may go into another file as it stands.</summary>
    public static bool Travels(PngChunk chunk) =>
        IsColor(chunk) || (TextTypes.Contains(chunk.Type) && chunk.Data.Length <= MaxCommentLength);

    /// <summary>Whether a colour chunk says no more than what is assumed without it: that the image is sRGB (PNG, 11.3.2.5).</summary>
    public static bool SaysOnlySrgb(PngChunk chunk) => chunk.Type switch
    {
        "sRGB" => true,
        "gAMA" => chunk.Data.AsSpan().SequenceEqual(SrgbGamma),
        "cHRM" => chunk.Data.AsSpan().SequenceEqual(SrgbChromaticities),
        _ => false,
    };

    /// <summary>Whether a chunk describes colour.</summary>
    public static bool IsColor(PngChunk chunk) => ColorTypes.ContainsKey(chunk.Type);

    /// <summary>The chunk as it stands in a file.</summary>
    public static byte[] Serialise(string type, ReadOnlySpan<byte> data)
    {
        var bytes = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(bytes, data.Length);
        Encoding.Latin1.GetBytes(type, bytes.AsSpan(4));
        data.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(data.Length + 8), Checksum(bytes.AsSpan(4, 4), data));
        return bytes;
    }

    /// <summary>A chunk's data, where they are as they were written.</summary>
    private static byte[]? ReadData(Stream file, byte[] head, byte[] checksum, int length)
    {
        var data = new byte[length];
        file.ReadExactly(data);
        file.ReadExactly(checksum);
        return BinaryPrimitives.ReadUInt32BigEndian(checksum) == Checksum(head.AsSpan(4), data) ? data : null;
    }

    private static uint Checksum(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        return checksum.Value;
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
