using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// Tells the raw files of cameras from images. Many are TIFF outside: what opens in them is a thumbnail or a preview, never
/// the photograph.
/// </summary>
internal static class CameraRaw
{
    private const int ReducedImage = 1;
    private const int Cr2MarkPosition = 8;

    // Only their makers use these, and the content does not always tell.
    private static readonly string[] Extensions =
    [
        ".dng", ".cr2", ".cr3", ".nef", ".nrw", ".arw", ".sr2", ".srf", ".orf", ".rw2", ".raf", ".pef", ".srw", ".3fr", ".fff",
        ".erf", ".dcr", ".kdc", ".mef", ".iiq",
    ];

    /// <summary>Whether a path's extension is that of a camera's raw files.</summary>
    public static bool HasExtension(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file begins as a raw file that is no TIFF: Canon's CR3, Fujifilm, Olympus, Panasonic.</summary>
    public static bool IsSignature(ReadOnlySpan<byte> head) =>
        head.StartsWith("FUJIFILMCCD-RAW"u8) || head.StartsWith("IIRO"u8) || head.StartsWith("IIRS"u8) || head.StartsWith("MMOR"u8) ||
        head.StartsWith("IIU\0"u8) || (head.Length >= 12 && head[4..].StartsWith("ftypcrx "u8));

    /// <summary>Looks at a TIFF file; the stream is put back to where it stands.</summary>
    public static bool IsPresent(Stream file)
    {
        if (HasExtension(file))
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

    /// <summary>Whether the stream is that of a file with such an extension.</summary>
    public static bool HasExtension(Stream stream) => stream is FileStream { Name: var path } && HasExtension(path);

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
