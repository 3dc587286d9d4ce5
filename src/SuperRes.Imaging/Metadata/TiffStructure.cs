using System.Buffers.Binary;

namespace SuperRes.Imaging.Metadata;

/// <summary>
/// Reads the directories of a TIFF file or an EXIF block (which is a small TIFF), classic or BigTIFF, in either byte
/// order. Damaged fields are passed over; nothing here trusts a count or an offset.
/// </summary>
internal sealed class TiffStructure
{
    /// <summary>Maker notes and the like stay far below; more is damage or abuse.</summary>
    private const int MaxValueBytes = 1 << 24;

    private readonly Stream _stream;
    private readonly long _start;

    private TiffStructure(Stream stream, bool bigEndian, bool isBig)
    {
        _stream = stream;
        _start = stream.Position;
        IsBigEndian = bigEndian;
        IsBigTiff = isBig;
    }

    public bool IsBigEndian { get; }

    public bool IsBigTiff { get; }

    /// <summary>Offset of the first directory.</summary>
    public long First { get; private set; }

    /// <summary>Bytes of a directory entry's value-or-offset field.</summary>
    public int InlineBytes => IsBigTiff ? 8 : 4;

    /// <summary>Opens the structure that begins where the stream stands; null where none does.</summary>
    public static TiffStructure? TryOpen(Stream stream)
    {
        Span<byte> head = stackalloc byte[16];
        var start = stream.Position;
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = start;
        (bool BigEndian, bool IsBig)? kind = head[..4] switch
        {
            [(byte)'I', (byte)'I', 42, 0] => (false, false),
            [(byte)'I', (byte)'I', 43, 0] => (false, true),
            [(byte)'M', (byte)'M', 0, 42] => (true, false),
            [(byte)'M', (byte)'M', 0, 43] => (true, true),
            _ => null,
        };
        if (kind is not { } found || length < (found.IsBig ? 16 : 8))
        {
            return null;
        }

        var structure = new TiffStructure(stream, found.BigEndian, found.IsBig);
        structure.First = found.IsBig ? (long)structure.UInt64(head[8..]) : structure.UInt32(head[4..]);
        return structure;
    }

    /// <summary>The entries of the directory at an offset, and where its link to the next lies; nothing where it is damaged.</summary>
    public (IReadOnlyList<IfdEntry> Entries, long NextLink) ReadEntries(long offset)
    {
        var countBytes = IsBigTiff ? 8 : 2;
        var entryBytes = IsBigTiff ? 20 : 12;
        if (ReadAt(offset, countBytes) is not { } countField)
        {
            return ([], 0);
        }

        var count = IsBigTiff ? (long)UInt64(countField) : UInt16(countField);
        if (count is < 0 or > ushort.MaxValue || ReadAt(offset + countBytes, (int)count * entryBytes) is not { } table)
        {
            return ([], 0);
        }

        var entries = new List<IfdEntry>();
        for (var i = 0; i < count; i++)
        {
            var field = table.AsSpan(i * entryBytes, entryBytes);
            var values = IsBigTiff ? (long)UInt64(field[4..]) : UInt32(field[4..]);
            entries.Add(new IfdEntry(UInt16(field), UInt16(field[2..]), values, field[^InlineBytes..].ToArray(), offset + countBytes + (i * entryBytes)));
        }

        return (entries, offset + countBytes + (count * entryBytes));
    }

    /// <summary>An entry's values, wherever they lie; null where they are damaged.</summary>
    public IfdValue? ReadValue(IfdEntry entry)
    {
        var unit = BytesPerValue(entry.Type);
        if (unit == 0 || entry.Count is <= 0 or > MaxValueBytes || entry.Count * unit > MaxValueBytes)
        {
            return null;
        }

        var size = (int)entry.Count * unit;
        var bytes = size <= InlineBytes ? entry.Inline[..size] : ReadAt(Offset(entry.Inline), size);
        return bytes is null ? null : new IfdValue(entry.Tag, entry.Type, entry.Count, bytes);
    }

    /// <summary>The directory at an offset with the EXIF directories under it, of each tag the first. Fields beyond what the file can hold are passed over.</summary>
    /// <param name="offset">Where it starts.</param>
    /// <param name="keep">Which fields of this directory are wanted; those below are all taken.</param>
    /// <param name="depth">How many levels may follow: EXIF has three.</param>
    public Ifd ReadTree(long offset, Func<ushort, bool> keep, int depth = 2)
    {
        // Values don't overlap, so they come to no more than the file. Any number of fields may point at the same bytes.
        var left = _stream.Length - _start;
        return ReadTree(offset, keep, depth, ref left);
    }

    private Ifd ReadTree(long offset, Func<ushort, bool> keep, int depth, ref long left)
    {
        var directory = new Ifd();
        var seen = new HashSet<ushort>();
        foreach (var entry in ReadEntries(offset).Entries)
        {
            if (TiffTag.IsDirectory(entry.Tag))
            {
                var child = depth > 0 && seen.Add(entry.Tag) ? ReadTree(Offset(entry.Inline), static _ => true, depth - 1, ref left) : new Ifd();
                if (!child.IsEmpty)
                {
                    directory.Children[entry.Tag] = child;
                }
            }
            else if (keep(entry.Tag) && entry.Count <= left && entry.Count * BytesPerValue(entry.Type) <= left && ReadValue(entry) is { } value)
            {
                left -= value.Bytes.Length;
                directory.Values[entry.Tag] = value;
            }
        }

        return directory;
    }

    /// <summary>A value-or-offset field read as an offset.</summary>
    public long Offset(ReadOnlySpan<byte> inline) => IsBigTiff ? (long)UInt64(inline) : UInt32(inline);

    /// <summary>The first number of a byte, short, long or unsigned rational field; 0 for other types and for a division by 0.</summary>
    public double Number(IfdValue value) => Number(value.Type, value.Bytes);

    /// <summary>All numbers of such a field.</summary>
    public double[] Numbers(IfdValue value) => [.. value.Bytes.Chunk(BytesPerValue(value.Type)).Select(bytes => Number(value.Type, bytes))];

    /// <summary>Bytes of one value of a field type; 0 where the type is unknown.</summary>
    public static int BytesPerValue(ushort type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 0,
    };

    private double Number(ushort type, ReadOnlySpan<byte> bytes) => type switch
    {
        1 => bytes[0],
        3 => UInt16(bytes),
        4 => UInt32(bytes),
        5 when UInt32(bytes[4..]) is > 0 and var denominator => UInt32(bytes) / (double)denominator,
        _ => 0,
    };

    private byte[]? ReadAt(long offset, int count)
    {
        if (offset <= 0 || offset > _stream.Length - _start - count)
        {
            return null;
        }

        var bytes = new byte[count];
        _stream.Position = _start + offset;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint UInt32(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ulong UInt64(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
