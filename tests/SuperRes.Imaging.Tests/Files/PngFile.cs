using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SuperRes.Imaging.Tests.Files;

/// <summary>Makes and takes apart PNG files by the specification alone, with zlib from .NET.</summary>
internal static class PngFile
{
    public const int Gray = 0;
    public const int Rgb = 2;
    public const int Palette = 3;
    public const int GrayAlpha = 4;
    public const int Rgba = 6;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10];

    /// <summary>A file from unfiltered rows, one after another, as the bit depth packs them.</summary>
    public static byte[] Build(int width, int height, int depth, int colorType, byte[] rows, params (string Type, byte[] Data)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR", [.. BigEndian(width), .. BigEndian(height), (byte)depth, (byte)colorType, 0, 0, 0]);
        foreach (var (type, data) in chunks)
        {
            WriteChunk(file, type, data);
        }

        WriteChunk(file, "IDAT", Deflate(rows, rows.Length / height));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The file with chunks between its pixels and its end.</summary>
    public static byte[] Append(byte[] file, params (string Type, byte[] Data)[] chunks)
    {
        using var result = new MemoryStream();
        result.Write(file.AsSpan(0, file.Length - 12));
        foreach (var (type, data) in chunks)
        {
            WriteChunk(result, type, data);
        }

        WriteChunk(result, "IEND", []);
        return result.ToArray();
    }

    /// <summary>The chunks of a file, each with its checksum checked.</summary>
    public static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        Assert.Equal(Signature, file[..8]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var body = file.AsSpan(at + 4, length + 4);
            Assert.Equal(Crc(body), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(body[..4]), body[4..].ToArray()));
            at += length + 12;
        }

        return chunks;
    }

    public static byte[] Chunk(byte[] file, string type) => Assert.Single(Chunks(file), c => c.Type == type).Data;

    /// <summary>Width, height, bit depth, colour type, and the unfiltered rows one after another (16-bit samples big-endian).</summary>
    public static (int Width, int Height, int Depth, int ColorType, byte[] Rows) Decode(byte[] file)
    {
        var header = Chunk(file, "IHDR");
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        int channels = header[9] switch { Gray or Palette => 1, Rgb => 3, GrayAlpha => 2, _ => 4 };
        var pixelBytes = channels * header[8] / 8;
        using var compressed = new MemoryStream([.. Chunks(file).Where(c => c.Type == "IDAT").SelectMany(c => c.Data)]);
        using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
        var rowBytes = width * pixelBytes;
        var rows = new byte[height * rowBytes];
        for (var y = 0; y < height; y++)
        {
            var filter = zlib.ReadByte();
            var row = rows.AsSpan(y * rowBytes, rowBytes);
            zlib.ReadExactly(row);
            var above = y > 0 ? rows.AsSpan((y - 1) * rowBytes, rowBytes) : new byte[rowBytes];
            Unfilter(filter, row, above, pixelBytes);
        }

        return (width, height, header[8], header[9], rows);
    }

    /// <summary>The filter type of each row.</summary>
    public static byte[] Filters(byte[] file)
    {
        var (_, height, _, _, rows) = Decode(file);
        using var compressed = new MemoryStream([.. Chunks(file).Where(c => c.Type == "IDAT").SelectMany(c => c.Data)]);
        using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
        var filtered = new byte[rows.Length + height];
        zlib.ReadExactly(filtered);
        return [.. Enumerable.Range(0, height).Select(y => filtered[y * (filtered.Length / height)])];
    }

    public static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Fastest))
        {
            zlib.Write(bytes);
        }

        return memory.ToArray();
    }

    private static byte[] Deflate(byte[] rows, int rowBytes) =>
        Compress([.. rows.Chunk(Math.Max(1, rowBytes)).SelectMany(row => row.Prepend((byte)0))]);

    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int left = i >= pixelBytes ? row[i - pixelBytes] : 0;
            int up = above[i];
            int corner = i >= pixelBytes ? above[i - pixelBytes] : 0;
            var prediction = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
            row[i] = (byte)(row[i] + prediction);
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (a, b, c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private static void WriteChunk(Stream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(BigEndian(data.Length));
        file.Write(body);
        file.Write(BigEndian((int)Crc(body)));
    }

    // Bit by bit, as annex D of the specification defines it.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return crc ^ 0xFFFFFFFFu;
    }
}
