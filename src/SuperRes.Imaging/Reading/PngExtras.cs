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
    private readonly List<PngChunk> _kept = [];
    private readonly List<RawProfile> _profiles = [];
    private readonly List<string> _notes = [];
    private int _frames = 1;
    private bool _hasIccProfile;
    private byte[]? _exif;
    private byte[]? _xmp;
    private byte[]? _iptc;
    private byte[]? _icc;

    private PngExtras()
    {
    }

    /// <summary>Reads the file that starts where the stream stands.</summary>
    public static FileExtras Read(Stream file)
    {
        var extras = new PngExtras();
        foreach (var chunk in PngChunks.Read(file))
        {
            extras.Add(chunk);
        }

        extras._profiles.ForEach(extras.Add);
        return new FileExtras
        {
            Exif = extras._exif ?? [],
            Xmp = extras._xmp ?? [],
            Iptc = extras._iptc ?? [],
            IccProfile = extras._icc ?? [],
            FrameCount = extras._frames,
            HasIccProfile = extras._hasIccProfile,
            PngChunks = extras._kept,
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
            case { Type: "acTL", Data.Length: >= sizeof(uint) }:
                _frames = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(chunk.Data));
                return;
        }

        var text = PngText.TryRead(chunk);
        if (text?.Keyword == PngText.XmpKeyword)
        {
            _xmp ??= text.Content;
        }
        else if (text is not null && RawProfile.TryRead(text) is { } profile)
        {
            _profiles.Add(profile);
        }
        else if (PngChunks.Travels(chunk))
        {
            _kept.Add(chunk);
        }
    }

    private void Add(RawProfile profile)
    {
        switch (profile)
        {
            case { Data: null }:
                _notes.Add($"The text chunk with a profile of type '{profile.Kind}' is damaged and was left out.");
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
            case { Kind: "icc" or "icm" }:
                _icc ??= profile.Data;
                break;
            default:
                _notes.Add($"The text chunk with a profile of type '{profile.Kind}' was not kept.");
                break;
        }
    }
}
