using System.Buffers.Binary;
using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// Gathers what libvips overlooks in PNG: it carries over neither colour descriptions nor comments, sees nothing behind the
/// first IDAT chunk, where EXIF and XMP may stand too (PNG specification, third edition, 5.6), and does not decode
/// ImageMagick's profiles in text chunks. A chunk made for its purpose comes before such a profile.
/// </summary>
internal sealed class PngExtras
{
    /// <summary>What all compressed texts of a file may come to, in bytes: a photo's metadata stays far below.</summary>
    private const int MaxDecompressedLength = 1 << 25;

    private readonly List<PngChunk> _kept = [];
    private readonly List<RawProfile> _profiles = [];
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _budget = MaxDecompressedLength;
    private int _frames = 1;
    private bool _hasIccProfile;
    private bool _statesResolution;
    private bool _hasLongText;
    private byte[]? _exif;
    private byte[]? _xmp;
    private byte[]? _iptc;
    private byte[]? _icc;

    private PngExtras()
    {
    }

    /// <summary>Reads the file that starts where the stream stands.</summary>
    public static FileExtras Read(Stream file, CancellationToken cancellationToken = default)
    {
        var extras = new PngExtras();
        var hidden = new List<(long, long)>();
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var chunk in PngChunks.Read(file, hidden, leftOut))
        {
            cancellationToken.ThrowIfCancellationRequested();
            extras.Add(chunk);
        }

        extras._profiles.ForEach(extras.Add);
        extras._notes.AddRange(leftOut.Select(type => $"A chunk of type {type} is damaged or too long and was left out."));
        if (extras._hasLongText)
        {
            extras._notes.Add("A text comment of more than a megabyte was left out.");
        }

        return new FileExtras
        {
            Exif = extras._exif ?? [],
            Xmp = extras._xmp ?? [],
            Iptc = extras._iptc ?? [],
            IccProfile = extras._icc ?? [],
            FrameCount = extras._frames,
            HasIccProfile = extras._hasIccProfile,
            StatesResolution = extras._statesResolution,
            PngChunks = extras._kept,
            Hidden = hidden,
            Notes = extras._notes,
        };
    }

    private void Add(PngChunk chunk)
    {
        switch (chunk)
        {
            case { Type: "eXIf" }:
                _exif ??= chunk.Data;
                return;
            case { Type: "iCCP" }:
                _hasIccProfile = true;
                return;
            case { Type: PngChunks.Resolution }:
                // In metres; else only the pixels' shape is known.
                _statesResolution = chunk.Data is { Length: 9 } and [.., 1];
                return;
            case { Type: "acTL", Data.Length: >= sizeof(uint) }:
                _frames = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(chunk.Data));
                return;
        }

        var text = PngText.TryRead(chunk);
        var kind = text is null ? null : RawProfile.KindOf(text.Keyword);
        if (text?.Keyword == PngText.XmpKeyword || kind is not null)
        {
            AddFirst(text!, kind);
        }
        else if (PngChunks.Travels(chunk))
        {
            _kept.Add(chunk);
        }
        else
        {
            _hasLongText |= text is not null;
        }
    }

    /// <summary>Decompresses the first text of each keyword that is read here, and no other: any number may be there, each of any length.</summary>
    private void AddFirst(PngText text, string? kind)
    {
        if (!_seen.Add(text.Keyword))
        {
            return;
        }

        if (kind is null)
        {
            _xmp = text.Decode(ref _budget);
            if (_xmp is null)
            {
                _notes.Add("The text chunk with XMP is damaged or too long and was left out.");
            }
        }
        else if (kind is "exif" or "APP1" or "xmp" or "iptc" or "8bim" or "icc" or "icm")
        {
            _profiles.Add(new RawProfile(kind, RawProfile.Decode(text.Decode(ref _budget))));
        }
        else
        {
            _notes.Add($"The text chunk with a profile of type '{InputFile.Printable(kind)}' was not kept.");
        }
    }

    private void Add(RawProfile profile)
    {
        switch (profile)
        {
            case { Data: null }:
                _notes.Add($"The text chunk with a profile of type '{profile.Kind}' is damaged or too long and was left out.");
                break;
            case { Kind: "xmp" } or { Kind: "APP1", IsXmpSegment: true }:
                _xmp ??= profile.Xmp;
                break;
            case { Kind: "exif" or "APP1" }:
                _exif ??= profile.Data;
                break;
            case { Kind: "iptc" or "8bim" }:
                _iptc ??= profile.Data;
                break;
            default:
                _icc ??= profile.Data;
                break;
        }
    }
}
