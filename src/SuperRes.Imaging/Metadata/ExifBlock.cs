using System.Buffers.Binary;

namespace SuperRes.Imaging.Metadata;

/// <summary>
/// EXIF blocks. Changes are made in place, byte for byte where the old value stood, because maker notes hold offsets
/// that only work where the camera put them.
/// </summary>
internal static class ExifBlock
{
    private const ushort ShortType = 3;
    private const ushort LongType = 4;
    private const ushort RationalType = 5;
    private const int FirstDirectoryField = 4;
    private const byte PerInch = 2;
    private const byte PerCentimetre = 3;
    private const double CentimetresPerInch = 2.54;

    /// <summary>Strips what JPEG puts before the TIFF structure; empty where none follows.</summary>
    public static byte[] Normalise(byte[] block)
    {
        var body = block.AsSpan().StartsWith("Exif\0\0"u8) ? block[6..] : block;
        using var stream = new MemoryStream(body);
        return TiffStructure.TryOpen(stream) is { IsBigTiff: false } ? body : [];
    }

    /// <summary>
    /// The block for an image whose pixels have been turned upright: orientation 1, and, where they were turned, no
    /// thumbnail, which would now lie on its side.
    /// </summary>
    public static byte[] Upright(byte[] block, bool pixelsWereTurned) => Patch(block, (patched, structure) =>
    {
        var (entries, nextLink) = structure.ReadEntries(structure.First);
        SetNumber(patched, structure, entries, TiffTag.Orientation, 1);
        if (pixelsWereTurned && nextLink > 0 && nextLink + 4 <= patched.Length)
        {
            patched.AsSpan((int)nextLink, 4).Clear();
        }
    });

    /// <summary>The orientation that the block's first directory states; upright where it states none.</summary>
    public static Orientation Orientation(byte[] block)
    {
        using var stream = new MemoryStream(block, writable: false);
        return TiffStructure.TryOpen(stream) is { } structure &&
            structure.ReadTree(structure.First, static tag => tag == TiffTag.Orientation, depth: 0).Values.TryGetValue(TiffTag.Orientation, out var value) &&
            structure.Number(value) is >= 1 and <= 8 and var number
            ? (Orientation)number
            : Imaging.Orientation.Upright;
    }

    /// <summary>The block with every pixel dimension that it states set to a new size.</summary>
    public static byte[] WithSize(byte[] block, int width, int height) => Patch(block, (patched, structure) =>
    {
        var entries = structure.ReadEntries(structure.First).Entries;
        SetNumber(patched, structure, entries, TiffTag.ImageWidth, width);
        SetNumber(patched, structure, entries, TiffTag.ImageLength, height);
        if (entries.FirstOrDefault(e => e.Tag == TiffTag.ExifDirectory) is { } pointer)
        {
            var exif = structure.ReadEntries(structure.Offset(pointer.Inline)).Entries;
            SetNumber(patched, structure, exif, TiffTag.PixelXDimension, width);
            SetNumber(patched, structure, exif, TiffTag.PixelYDimension, height);
        }
    });

    /// <summary>
    /// The block with a resolution, made where it is empty. A directory can't grow in place, so a longer copy of the
    /// first one is put at the end, and everything it points to stays where it is.
    /// </summary>
    public static byte[] WithResolution(byte[] block, ImageResolution resolution)
    {
        using var stream = new MemoryStream(block, writable: false);
        var root = new Ifd();
        if (TiffStructure.TryOpen(stream) is not { } structure)
        {
            SetResolution(root, resolution, new IfdWriter(bigEndian: false, bigTiff: false));
            return IfdWriter.WriteStructure(root, bigEndian: false);
        }

        var (entries, nextLink) = structure.ReadEntries(structure.First);
        foreach (var entry in entries)
        {
            root.Values[entry.Tag] = new IfdValue(entry.Tag, entry.Type, entry.Count, entry.Inline, IsStored: true);
        }

        var writer = new IfdWriter(structure.IsBigEndian, bigTiff: false);
        SetResolution(root, resolution, writer);
        var next = nextLink > 0 && nextLink + 4 <= block.Length ? structure.Offset(block.AsSpan((int)nextLink, 4)) : 0;
        byte[] grown = [.. block, .. new byte[block.Length & 1]];
        grown = [.. grown, .. writer.Write(root, grown.Length, next)];
        writer.Number((block.Length + 1) & ~1, 4).CopyTo(grown, FirstDirectoryField);
        return grown;
    }

    /// <summary>The resolution that the block's first directory states; null where it states none.</summary>
    public static ImageResolution? Resolution(byte[] block)
    {
        using var stream = new MemoryStream(block, writable: false);
        if (TiffStructure.TryOpen(stream) is not { } structure)
        {
            return null;
        }

        var fields = structure.ReadTree(structure.First, static tag => tag is TiffTag.HorizontalResolution or TiffTag.VerticalResolution or TiffTag.ResolutionUnit, depth: 0).Values;
        var unit = fields.TryGetValue(TiffTag.ResolutionUnit, out var stated) ? structure.Number(stated) : PerInch;
        var scale = unit switch { PerInch => 1, PerCentimetre => CentimetresPerInch, _ => 0 };
        if (scale == 0 || !fields.TryGetValue(TiffTag.HorizontalResolution, out var x) || !fields.TryGetValue(TiffTag.VerticalResolution, out var y))
        {
            return null;
        }

        return ImageResolution.TryCreate(structure.Number(x) * scale, structure.Number(y) * scale);
    }

    private static void SetResolution(Ifd root, ImageResolution resolution, IfdWriter writer)
    {
        const int denominator = 1000;
        Add(TiffTag.HorizontalResolution, RationalType, Rational(resolution.Horizontal));
        Add(TiffTag.VerticalResolution, RationalType, Rational(resolution.Vertical));
        Add(TiffTag.ResolutionUnit, ShortType, writer.Number(PerInch, 2));

        byte[] Rational(double value) => [.. writer.Number((long)Math.Round(value * denominator), 4), .. writer.Number(denominator, 4)];
        void Add(ushort tag, ushort type, byte[] bytes) => root.Values[tag] = new IfdValue(tag, type, 1, bytes);
    }

    private static byte[] Patch(byte[] block, Action<byte[], TiffStructure> change)
    {
        var patched = (byte[])block.Clone();
        using var stream = new MemoryStream(block, writable: false);
        if (TiffStructure.TryOpen(stream) is { IsBigTiff: false } structure)
        {
            change(patched, structure);
        }

        return patched;
    }

    private static void SetNumber(byte[] patched, TiffStructure structure, IReadOnlyList<IfdEntry> entries, ushort tag, int value)
    {
        if (entries.FirstOrDefault(e => e.Tag == tag) is not { Count: 1, Type: ShortType or LongType } entry)
        {
            return;
        }

        // Entry: tag (2), type (2), count (4), value (4). A short that has become too small is made a long in place.
        var field = patched.AsSpan((int)entry.Position, 12);
        var type = value > ushort.MaxValue ? LongType : entry.Type;
        field[8..].Clear();
        if (structure.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(field[2..], type);
            BinaryPrimitives.WriteUInt32BigEndian(field[8..], type == ShortType ? (uint)value << 16 : (uint)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(field[2..], type);
            BinaryPrimitives.WriteUInt32LittleEndian(field[8..], (uint)value);
        }
    }
}
