using System.Buffers.Binary;

namespace SuperRes.Imaging.Metadata;

/// <summary>Lays out directories as TIFF wants them: entries in ascending order, longer values and directories behind.</summary>
internal sealed class IfdWriter(bool bigEndian, bool bigTiff)
{
    private const ushort LongType = 4;
    private const ushort Long8Type = 16;

    private int InlineBytes => bigTiff ? 8 : 4;

    /// <summary>A complete small TIFF structure, as EXIF is.</summary>
    public static byte[] WriteStructure(Ifd root, bool bigEndian)
    {
        byte[] head = bigEndian ? [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8] : [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0];
        return [.. head, .. new IfdWriter(bigEndian, bigTiff: false).Write(root, position: head.Length)];
    }

    /// <summary>The bytes of a directory and all below it, to stand at an (even) position; the directory comes first.</summary>
    /// <param name="directory">What to write.</param>
    /// <param name="position">Where the bytes will stand, from the structure's start.</param>
    /// <param name="next">Where the next directory stands; 0 for none.</param>
    public byte[] Write(Ifd directory, long position, long next = 0)
    {
        var tags = directory.Values.Keys.Concat(directory.Children.Keys).Order().ToList();
        var tableBytes = (bigTiff ? 8 : 2) + (tags.Count * (bigTiff ? 20 : 12)) + InlineBytes;
        using var table = new MemoryStream();
        using var behind = new MemoryStream();
        WriteNumber(table, tags.Count, bigTiff ? 8 : 2);
        foreach (var tag in tags)
        {
            var end = position + tableBytes + behind.Length;
            if (directory.Children.TryGetValue(tag, out var child))
            {
                WriteEntry(table, tag, bigTiff ? Long8Type : LongType, 1, Number(end, InlineBytes));
                behind.Write(Write(child, end));
            }
            else
            {
                var value = directory.Values[tag];
                var inline = value.IsStored || value.Bytes.Length <= InlineBytes;
                WriteEntry(table, tag, value.Type, value.Count, inline ? value.Bytes : Number(end, InlineBytes));
                behind.Write(inline ? [] : value.Bytes);
            }

            if (behind.Length % 2 != 0)
            {
                behind.WriteByte(0);
            }
        }

        WriteNumber(table, next, InlineBytes);
        return [.. table.ToArray(), .. behind.ToArray()];
    }

    /// <summary>A field's values in this writer's byte order, given those in another's.</summary>
    public IfdValue Reorder(IfdValue value, bool fromBigEndian)
    {
        // A rational is two 4-byte numbers.
        var unit = value.Type is 5 or 10 ? 4 : TiffStructure.BytesPerValue(value.Type);
        if (fromBigEndian == bigEndian || unit <= 1)
        {
            return value;
        }

        var bytes = (byte[])value.Bytes.Clone();
        for (var i = 0; i + unit <= bytes.Length; i += unit)
        {
            bytes.AsSpan(i, unit).Reverse();
        }

        return value with { Bytes = bytes };
    }

    /// <summary>A number of 2, 4 or 8 bytes in this writer's byte order.</summary>
    public byte[] Number(long value, int size)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes = bytes[..size];
        if (bigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    private void WriteEntry(Stream table, ushort tag, ushort type, long count, byte[] inline)
    {
        WriteNumber(table, tag, 2);
        WriteNumber(table, type, 2);
        WriteNumber(table, count, InlineBytes);
        table.Write(inline);
        table.Write(new byte[InlineBytes - inline.Length]);
    }

    private void WriteNumber(Stream stream, long value, int size) => stream.Write(Number(value, size));
}
