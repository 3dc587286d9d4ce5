using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Imaging.Tests.Files;

/// <summary>Takes WebP files apart at their chunks.</summary>
internal static class RiffFile
{
    public static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        Assert.Equal("RIFF", Encoding.ASCII.GetString(file, 0, 4));
        Assert.Equal(file.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal("WEBP", Encoding.ASCII.GetString(file, 8, 4));
        var chunks = new List<(string, byte[])>();
        for (var at = 12; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            chunks.Add((Encoding.ASCII.GetString(file, at, 4), file[(at + 8)..(at + 8 + length)]));
            at += 8 + length + (length & 1);
        }

        return chunks;
    }

    public static byte[] Chunk(byte[] file, string type) => Assert.Single(Chunks(file), c => c.Type == type).Data;
}
