using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// What libvips gets wrong in TIFF and this library does itself, by showing libvips another tag value than the file has:
/// premultiplied alpha (libvips truncates where it should round, and takes 255 for opaque in gray float images),
/// CIELab (8-bit files are refused by libvips 8.18) and YCbCr without JPEG compression (libvips takes it for RGB). Where
/// white is 0, libvips turns unsigned samples only.
/// </summary>
internal sealed class TiffQuirks
{
    /// <summary>Whoever lists more channels means to keep us busy.</summary>
    private const int MaxChannels = 1024;

    private const int WhiteZero = 0;
    private const byte Rgb = 2;
    private const int YCbCrCode = 6;
    private const int CieLab = 8;
    private const int IccLab = 9;

    // Of the samples' format.
    private const int Signed = 2;
    private const int Float = 3;

    // None, LZW, Deflate (two numbers), PackBits, LZMA, Zstandard: what keeps samples as they are. JPEG gives RGB itself.
    private static readonly int[] PlainCompressions = [1, 5, 8, 32773, 32946, 34925, 50000];

    /// <summary>None of it.</summary>
    public static TiffQuirks None { get; } = new();

    /// <summary>The channels behind those of colour; null in other formats, whose loaders tell alpha themselves.</summary>
    public ExtraChannels? Extra { get; private init; }

    /// <summary>What the samples are, where they are of a kind that can't be read.</summary>
    public string? UnreadableSamples { get; private init; }

    /// <summary>How colours are encoded as L*a*b*; null where they are not.</summary>
    public LabEncoding? Lab { get; private init; }

    /// <summary>How colours are encoded as YCbCr; null where they are not.</summary>
    public YCbCrEncoding? YCbCr { get; private init; }

    /// <summary>Whether white is stored as 0 in samples that libvips does not turn: signed ones and float.</summary>
    public bool IsWhiteZero { get; private init; }

    /// <summary>Bytes of the largest strip, which the decoder may hold as a whole; 0 where there is none, or the file is shorter than it says.</summary>
    public long LargestStrip { get; private init; }

    /// <summary>Bytes to show in place of the file's own, by their positions from the file's start.</summary>
    public IReadOnlyDictionary<long, byte> Replacements { get; private init; } = new Dictionary<long, byte>();

    /// <summary>Looks at the first page of a file; the stream is put back to where it stands.</summary>
    public static TiffQuirks Find(Stream file)
    {
        var start = file.Position;
        try
        {
            return TiffStructure.TryOpen(file) is { } structure ? Find(structure, file.Length - start) : None;
        }
        finally
        {
            file.Position = start;
        }
    }

    private static TiffQuirks Find(TiffStructure structure, long length)
    {
        var entries = structure.ReadEntries(structure.First).Entries;
        var replacements = new Dictionary<long, byte>();
        var kinds = Numbers(TiffTag.ExtraSamples);
        var extra = ExtraChannels.Of(Number(TiffTag.SamplesPerPixel), Number(TiffTag.PhotometricInterpretation), kinds);
        for (var i = 0; i < kinds?.Length; i++)
        {
            if (kinds[i] == ExtraChannels.AssociatedAlpha)
            {
                replacements[PositionOf(TiffTag.ExtraSamples, i)] = ExtraChannels.UnassociatedAlpha;
            }
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

        return new TiffQuirks
        {
            Extra = extra,
            UnreadableSamples = TiffSamples.Unreadable(Numbers(TiffTag.BitsPerSample) ?? [], Numbers(TiffTag.SampleFormat) ?? []),
            Lab = lab,
            YCbCr = ycbcr,
            IsWhiteZero = Number(TiffTag.PhotometricInterpretation) == WhiteZero && Number(TiffTag.SampleFormat) is Signed or Float,
            LargestStrip = LargestStripWithin(length),
            Replacements = replacements,
        };

        long LargestStripWithin(long length) =>
            Values(TiffTag.StripByteCounts) is { Length: > 0 } counts && counts.Max() is var largest && largest <= length ? largest : 0;

        bool HasPlainCompression() => !entries.Any(e => e.Tag == TiffTag.Compression) || PlainCompressions.Contains(Number(TiffTag.Compression));

        (int Value, long Position)? Single(ushort tag) => Numbers(tag) is [<= byte.MaxValue and var value] ? (value, PositionOf(tag, 0)) : null;

        int Number(ushort tag) => Numbers(tag) is [var first, ..] ? first : 1; // the default of those with one

        int[]? Numbers(ushort tag) => Values(tag) is { } values ? [.. values.Select(value => (int)value)] : null;

        long[]? Values(ushort tag) =>
            entries.FirstOrDefault(e => e.Tag == tag) is { Count: <= MaxChannels } entry && structure.ReadValue(entry) is { } value ? [.. structure.Numbers(value).Select(number => (long)number)] : null;

        // Of a number's bytes the lowest; numbers that fit stand in the entry itself.
        long PositionOf(ushort tag, int index)
        {
            var entry = entries.First(e => e.Tag == tag);
            var unit = TiffStructure.BytesPerValue(entry.Type);
            var isInline = entry.Count * unit <= structure.InlineBytes;
            var start = isInline ? entry.Position + (structure.IsBigTiff ? 12 : 8) : structure.Offset(entry.Inline);
            return start + (index * unit) + (structure.IsBigEndian ? unit - 1 : 0);
        }
    }
}
