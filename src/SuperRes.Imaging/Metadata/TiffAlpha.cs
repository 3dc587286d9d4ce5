namespace SuperRes.Imaging.Metadata;

/// <summary>
/// Finds premultiplied ("associated") alpha in a TIFF file. libvips would divide it out itself, but truncates where it
/// should round and takes 255 for opaque in gray float images, so it is shown straight alpha and the division is done here.
/// </summary>
internal static class TiffAlpha
{
    private const ushort ShortType = 3;
    private const int Associated = 1;

    /// <summary>The value of the ExtraSamples tag for straight ("unassociated") alpha.</summary>
    public const byte Unassociated = 2;

    /// <summary>
    /// Where the byte lies, from the structure's start, that calls the one extra sample premultiplied; null where the
    /// file has none, or several.
    /// </summary>
    public static long? FindAssociated(Stream file)
    {
        var start = file.Position;
        try
        {
            if (TiffStructure.TryOpen(file) is not { } structure)
            {
                return null;
            }

            var entry = structure.ReadEntries(structure.First).Entries.FirstOrDefault(e => e.Tag == TiffTag.ExtraSamples);
            if (entry is not { Type: ShortType, Count: 1 })
            {
                return null;
            }

            var low = structure.IsBigEndian ? 1 : 0;
            return entry.Inline[low] == Associated && entry.Inline[1 - low] == 0
                ? entry.Position + (structure.IsBigTiff ? 12 : 8) + low
                : null;
        }
        finally
        {
            file.Position = start;
        }
    }
}
