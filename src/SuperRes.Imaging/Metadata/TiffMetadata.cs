namespace SuperRes.Imaging.Metadata;

/// <summary>
/// EXIF of a TIFF file, which libvips neither reads nor writes (its fields stand in the file's own first directory and
/// in directories that it points to), and IPTC, whose length libvips writes four times too large.
/// </summary>
internal static class TiffMetadata
{
    private const ushort UndefinedType = 7;

    /// <summary>Takes the descriptive fields of the file's first page as an EXIF block; empty where there are none.</summary>
    public static byte[] ReadExif(Stream file, List<string> notes)
    {
        if (TiffStructure.TryOpen(file) is not { } structure)
        {
            return [];
        }

        var lost = Homeless(structure);
        if (lost.Count > 0)
        {
            notes.Add($"TIFF tags that only the old size fits, or that are unknown, were not kept: {string.Join(", ", lost)}.");
        }

        var root = structure.ReadTree(structure.First, TiffTag.IsDescriptive);
        return root.IsEmpty ? [] : IfdWriter.WriteStructure(root, structure.IsBigEndian);
    }

    /// <summary>Whether the file's first page has an ICC profile, readable or not.</summary>
    public static bool HasIccProfile(Stream file) =>
        TiffStructure.TryOpen(file) is { } structure && structure.ReadEntries(structure.First).Entries.Any(e => e.Tag == TiffTag.IccProfile);

    /// <summary>Tags of an EXIF block's first directory that a TIFF has no place for: they would say how it stores its pixels, or nobody knows.</summary>
    public static IReadOnlyList<ushort> HomelessTags(ReadOnlyMemory<byte> exif)
    {
        using var block = new MemoryStream(exif.ToArray(), writable: false);
        return TiffStructure.TryOpen(block) is { } structure ? Homeless(structure) : [];
    }

    /// <summary>Takes the bare IPTC records; empty where there are none.</summary>
    public static byte[] ReadIptc(Stream file)
    {
        if (TiffStructure.TryOpen(file) is not { } structure ||
            structure.ReadTree(structure.First, static tag => tag == TiffTag.Iptc, depth: 0).Values.GetValueOrDefault(TiffTag.Iptc) is not { } value)
        {
            return [];
        }

        // Often declared as 4-byte numbers, and then by some writers in swapped order (TIFF technical note 3).
        if (value.Bytes is not [IptcBlock.RecordMarker, ..])
        {
            value = new IfdWriter(!structure.IsBigEndian, bigTiff: false).Reorder(value, structure.IsBigEndian);
        }

        return IptcBlock.Unwrap(value.Bytes);
    }

    /// <summary>Adds what there is to a finished TIFF file: a new first directory at its end, which repeats the old one.</summary>
    public static void Append(Stream file, ReadOnlyMemory<byte> exif, ReadOnlyMemory<byte> iptc)
    {
        file.Position = 0;
        if ((exif.IsEmpty && iptc.IsEmpty) || TiffStructure.TryOpen(file) is not { } target)
        {
            return;
        }

        var writer = new IfdWriter(target.IsBigEndian, target.IsBigTiff);
        using var blockStream = new MemoryStream(exif.ToArray(), writable: false);
        var root = TiffStructure.TryOpen(blockStream) is { } block
            ? Reordered(block.ReadTree(block.First, TiffTag.IsDescriptive), writer, block.IsBigEndian)
            : new Ifd();
        if (!iptc.IsEmpty)
        {
            root.Values[TiffTag.Iptc] = new IfdValue(TiffTag.Iptc, UndefinedType, iptc.Length, iptc.ToArray());
        }

        foreach (var entry in target.ReadEntries(target.First).Entries)
        {
            root.Values[entry.Tag] = new IfdValue(entry.Tag, entry.Type, entry.Count, entry.Inline, IsStored: true);
        }

        var position = (file.Length + 1) & ~1L;
        var bytes = writer.Write(root, position);
        file.SetLength(position);
        file.Position = position;
        file.Write(bytes);
        file.Position = target.IsBigTiff ? 8 : 4;
        file.Write(writer.Number(position, target.InlineBytes));
        file.Position = file.Length;
    }

    private static List<ushort> Homeless(TiffStructure structure) =>
    [
        .. structure.ReadEntries(structure.First).Entries
            .Select(e => e.Tag)
            .Where(tag => !TiffTag.IsDescriptive(tag) && !TiffTag.IsStructural(tag) && !TiffTag.IsDirectory(tag))
            .Distinct(),
    ];

    private static Ifd Reordered(Ifd directory, IfdWriter writer, bool fromBigEndian)
    {
        var result = new Ifd();
        foreach (var (tag, value) in directory.Values)
        {
            result.Values[tag] = writer.Reorder(value, fromBigEndian);
        }

        foreach (var (tag, child) in directory.Children)
        {
            result.Children[tag] = Reordered(child, writer, fromBigEndian);
        }

        return result;
    }
}
