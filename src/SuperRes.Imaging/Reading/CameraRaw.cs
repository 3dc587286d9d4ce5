using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// Tells the raw files of cameras that are TIFF outside from TIFF images: what opens in them is a thumbnail or a preview,
/// never the photograph.
/// </summary>
internal static class CameraRaw
{
    private const int ReducedImage = 1;
    private const int Cr2MarkPosition = 8;

    // Raw files with TIFF's signature whose content does not always tell them from an image; only their makers use these.
    private static readonly string[] Extensions =
        [".dng", ".nef", ".nrw", ".cr2", ".arw", ".sr2", ".srf", ".pef", ".srw", ".3fr", ".fff", ".erf", ".dcr", ".kdc", ".mef", ".iiq"];

    /// <summary>Looks at a TIFF file; the stream is put back to where it stands.</summary>
    public static bool IsPresent(Stream file)
    {
        if (file is FileStream { Name: var path } && Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        var start = file.Position;
        try
        {
            return IsCr2(file) || (TiffStructure.TryOpen(file) is { } structure && IsRaw(structure));
        }
        finally
        {
            file.Position = start;
        }
    }

    public static ImageFileException Refusal(string name) => new(
        $"{name} is a camera's raw file, which can't be read here: it would have to be developed, and what opens without that is its thumbnail. " +
        $"Convert it to one of these: {ImageFormats.List(ImageFormats.Readable)}.");

    private static bool IsCr2(Stream file)
    {
        Span<byte> head = stackalloc byte[Cr2MarkPosition + 2];
        var start = file.Position;
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = start;
        return head[..length].EndsWith("CR"u8);
    }

    /// <summary>
    /// DNG says its version (DNG 1.7, chapter 4). Others (NEF, ARW) begin with a thumbnail that holds the photograph in
    /// directories below; a pyramid of a TIFF image has it the other way round.
    /// </summary>
    private static bool IsRaw(TiffStructure structure)
    {
        var entries = structure.ReadEntries(structure.First).Entries;
        return entries.Any(e => e.Tag == TiffTag.DngVersion) ||
            (entries.Any(e => e.Tag == TiffTag.SubDirectories) &&
             entries.FirstOrDefault(e => e.Tag == TiffTag.NewSubfileType) is { } type &&
             structure.ReadValue(type) is { } value && ((int)structure.Number(value) & ReducedImage) != 0);
    }
}
