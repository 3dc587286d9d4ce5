using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Imaging.Tests.Files;

/// <summary>Makes and takes apart TIFF structures (files and EXIF blocks) by the specification alone.</summary>
internal sealed class TiffFile(bool bigEndian = false)
{
    private static readonly int[] TypeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

    private readonly SortedDictionary<ushort, (ushort Type, int Count, byte[] Bytes)> _fields = [];
    private readonly SortedDictionary<ushort, TiffFile> _children = [];
    private TiffFile? _next;

    /// <summary>A baseline image: one strip, uncompressed; alpha (2 or 4 channels) straight.</summary>
    public static TiffFile Image(int width, int height, int channels, int bits, bool bigEndian = false, int sampleFormat = 1, int photometric = -1)
    {
        var tiff = new TiffFile(bigEndian)
            .Long(256, width).Long(257, height).Short(258, [.. Enumerable.Repeat(bits, channels)]).Short(259, 1)
            .Short(262, photometric >= 0 ? photometric : channels <= 2 ? 1 : 2).Short(277, channels).Long(278, height)
            .Short(339, [.. Enumerable.Repeat(sampleFormat, channels)]);
        return channels is 2 or 4 && photometric != 5 ? tiff.Short(338, 2) : tiff;
    }

    public TiffFile Short(ushort tag, params int[] values) => Add(tag, 3, values.Length, [.. values.SelectMany(v => Number(v, 2))]);

    public TiffFile Long(ushort tag, params int[] values) => Add(tag, 4, values.Length, [.. values.SelectMany(v => Number(v, 4))]);

    public TiffFile Rational(ushort tag, params (int Numerator, int Denominator)[] values) =>
        Add(tag, 5, values.Length, [.. values.SelectMany(v => (byte[])[.. Number(v.Numerator, 4), .. Number(v.Denominator, 4)])]);

    public TiffFile Ascii(ushort tag, string text)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text), 0];
        return Add(tag, 2, bytes.Length, bytes);
    }

    public TiffFile Undefined(ushort tag, byte[] bytes) => Add(tag, 7, bytes.Length, bytes);

    public TiffFile Bytes(ushort tag, byte[] bytes) => Add(tag, 1, bytes.Length, bytes);

    public TiffFile Child(ushort tag, TiffFile child)
    {
        _children[tag] = child;
        return this;
    }

    public TiffFile Next(TiffFile next)
    {
        _next = next;
        return this;
    }

    /// <summary>The file: header, pixels (where given), directories, each followed by its longer values.</summary>
    /// <param name="pixels">From byte 8.</param>
    /// <param name="isOneStrip">Whether they are one strip; else where the strips begin and how long they are has been added.</param>
    public byte[] Build(byte[]? pixels = null, bool isOneStrip = true)
    {
        var strip = pixels ?? [];
        if (pixels is not null && isOneStrip)
        {
            Long(273, 8);
            Long(279, strip.Length);
        }

        var start = 8 + strip.Length + (strip.Length & 1);
        byte[] mark = bigEndian ? "MM"u8.ToArray() : "II"u8.ToArray();
        return [.. mark, .. Number(42, 2), .. Number(start, 4), .. strip, .. new byte[strip.Length & 1], .. Directory(start)];
    }

    /// <summary>Directory fields by tag, as (type, bytes); sub-directories' fields by (pointing tag, tag).</summary>
    public static Dictionary<(int Directory, int Tag), (int Type, byte[] Bytes)> Parse(byte[] file, out bool bigEndian)
    {
        bigEndian = file[0] == 'M';
        var fields = new Dictionary<(int, int), (int, byte[])>();
        Collect(file, bigEndian, (int)UInt32(file.AsSpan(4), bigEndian), 0, fields);
        return fields;
    }

    /// <summary>The link of the first directory to the next, which in EXIF holds the thumbnail.</summary>
    public static uint NextOfFirst(byte[] file)
    {
        var bigEndian = file[0] == 'M';
        var first = (int)UInt32(file.AsSpan(4), bigEndian);
        return UInt32(file.AsSpan(first + 2 + (12 * UInt16(file.AsSpan(first), bigEndian))), bigEndian);
    }

    public static int[] Numbers((int Type, byte[] Bytes) field, bool bigEndian) =>
        [.. field.Bytes.Chunk(field.Type == 3 ? 2 : 4).Select(b => field.Type == 3 ? UInt16(b, bigEndian) : (int)UInt32(b, bigEndian))];

    private static void Collect(byte[] file, bool bigEndian, int at, int directory, Dictionary<(int, int), (int, byte[])> fields)
    {
        var count = UInt16(file.AsSpan(at), bigEndian);
        for (var i = 0; i < count; i++)
        {
            var entry = file.AsSpan(at + 2 + (12 * i), 12);
            int tag = UInt16(entry, bigEndian);
            int type = UInt16(entry[2..], bigEndian);
            var size = TypeSizes[type] * (int)UInt32(entry[4..], bigEndian);
            var bytes = size <= 4 ? entry.Slice(8, size) : file.AsSpan((int)UInt32(entry[8..], bigEndian), size);
            fields[(directory, tag)] = (type, bytes.ToArray());
            if (tag is 34665 or 34853 or 40965)
            {
                Collect(file, bigEndian, (int)UInt32(entry[8..], bigEndian), tag, fields);
            }
        }
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private TiffFile Add(ushort tag, ushort type, int count, byte[] bytes)
    {
        _fields[tag] = (type, count, bytes);
        return this;
    }

    private byte[] Directory(int start)
    {
        var entries = new List<(ushort Tag, byte[] Entry)>();
        var behind = new List<byte>();
        var tableEnd = start + 2 + (12 * (_fields.Count + _children.Count)) + 4;
        foreach (var (tag, (type, count, bytes)) in _fields)
        {
            var inline = bytes.Length <= 4;
            byte[] value = inline ? [.. bytes, .. new byte[4 - bytes.Length]] : Number(tableEnd + behind.Count, 4);
            entries.Add((tag, [.. Number(tag, 2), .. Number(type, 2), .. Number(count, 4), .. value]));
            behind.AddRange(inline ? [] : [.. bytes, .. new byte[bytes.Length & 1]]);
        }

        foreach (var (tag, child) in _children)
        {
            entries.Add((tag, [.. Number(tag, 2), .. Number(4, 2), .. Number(1, 4), .. Number(tableEnd + behind.Count, 4)]));
            behind.AddRange(child.Directory(tableEnd + behind.Count));
        }

        var next = _next is null ? 0 : tableEnd + behind.Count;
        behind.AddRange(_next?.Directory(next) ?? []);
        return [.. Number(entries.Count, 2), .. entries.OrderBy(e => e.Tag).SelectMany(e => e.Entry), .. Number(next, 4), .. behind];
    }

    private byte[] Number(int value, int size)
    {
        byte[] bytes = [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
        bytes = bytes[..size];
        if (bigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
