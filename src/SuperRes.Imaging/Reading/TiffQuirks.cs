using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// What libvips gets wrong in TIFF and this library does itself, by showing libvips another tag value than the file has:
/// premultiplied alpha (libvips truncates where it should round, and takes 255 for opaque in gray float images),
/// CIELab (8-bit files are refused by libvips 8.18) and YCbCr without JPEG compression (libvips takes it for RGB).
/// </summary>
internal sealed class TiffQuirks
{
    private const ushort ShortType = 3;
    private const int AssociatedAlpha = 1;
    private const byte UnassociatedAlpha = 2;
    private const byte Rgb = 2;
    private const int YCbCrCode = 6;
    private const int CieLab = 8;
    private const int IccLab = 9;

    // None, LZW, Deflate (two numbers), PackBits, LZMA, Zstandard: what keeps samples as they are. JPEG gives RGB itself.
    private static readonly int[] PlainCompressions = [1, 5, 8, 32773, 32946, 34925, 50000];

    /// <summary>None of it.</summary>
    public static TiffQuirks None { get; } = new();

    /// <summary>Whether the one extra channel is alpha that the colours have been multiplied by.</summary>
    public bool IsPremultiplied { get; private init; }

    /// <summary>How colours are encoded as L*a*b*; null where they are not.</summary>
    public LabEncoding? Lab { get; private init; }

    /// <summary>How colours are encoded as YCbCr; null where they are not.</summary>
    public YCbCrEncoding? YCbCr { get; private init; }

    /// <summary>Bytes to show in place of the file's own, by their positions from the file's start.</summary>
    public IReadOnlyDictionary<long, byte> Replacements { get; private init; } = new Dictionary<long, byte>();

    /// <summary>Looks at the first page of a file; the stream is put back to where it stands.</summary>
    public static TiffQuirks Find(Stream file)
    {
        var start = file.Position;
        try
        {
            return TiffStructure.TryOpen(file) is { } structure ? Find(structure) : None;
        }
        finally
        {
            file.Position = start;
        }
    }

    private static TiffQuirks Find(TiffStructure structure)
    {
        var entries = structure.ReadEntries(structure.First).Entries;
        var replacements = new Dictionary<long, byte>();
        var premultiplied = false;
        if (Single(TiffTag.ExtraSamples) is { Value: AssociatedAlpha } extra)
        {
            premultiplied = true;
            replacements[extra.Position] = UnassociatedAlpha;
        }

        LabEncoding? lab = null;
        if (Single(TiffTag.PhotometricInterpretation) is { Value: CieLab or IccLab } photometric)
        {
            lab = photometric.Value == CieLab ? LabEncoding.Signed : LabEncoding.Offset;
            replacements[photometric.Position] = Rgb;
        }

        YCbCrEncoding? ycbcr = null;
        if (Single(TiffTag.PhotometricInterpretation) is { Value: YCbCrCode } colors && HasPlainCompression())
        {
            ycbcr = YCbCrEncoding.Read(structure, entries);
            replacements[colors.Position] = Rgb;
        }

        return new TiffQuirks { IsPremultiplied = premultiplied, Lab = lab, YCbCr = ycbcr, Replacements = replacements };

        bool HasPlainCompression() => entries.FirstOrDefault(e => e.Tag == TiffTag.Compression) is not { } entry ||
            (structure.ReadValue(entry) is { } value && PlainCompressions.Contains((int)structure.Number(value)));

        (int Value, long Position)? Single(ushort tag)
        {
            // One short stands in the entry itself; all values here fit in its low byte.
            var low = structure.IsBigEndian ? 1 : 0;
            return entries.FirstOrDefault(e => e.Tag == tag) is { Type: ShortType, Count: 1 } entry && entry.Inline[1 - low] == 0
                ? (entry.Inline[low], entry.Position + (structure.IsBigTiff ? 12 : 8) + low)
                : null;
        }
    }
}
