using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging;

/// <summary>What travels with the pixels from the input file to the output file. Empty memory means absent.</summary>
public sealed record ImageMetadata
{
    /// <summary>Nothing to keep.</summary>
    public static ImageMetadata None { get; } = new();

    /// <summary>The ICC profile that says what the samples mean.</summary>
    public ReadOnlyMemory<byte> IccProfile { get; init; }

    /// <summary>EXIF as a TIFF structure, starting with its byte order mark (<c>II</c> or <c>MM</c>).</summary>
    public ReadOnlyMemory<byte> Exif { get; init; }

    /// <summary>The XMP packet, UTF-8.</summary>
    public ReadOnlyMemory<byte> Xmp { get; init; }

    /// <summary>The IPTC records, bare as in TIFF.</summary>
    public ReadOnlyMemory<byte> Iptc { get; init; }

    /// <summary>Pixels per inch; null when the file says nothing or 72, which is assumed anyway.</summary>
    public ImageResolution? Resolution { get; init; }

    /// <summary>Whether the pixels come from a lossless WebP file, for another one.</summary>
    internal bool IsLosslessWebp { get; init; }

    /// <summary>Colour descriptions and comments of a PNG file, for another PNG file.</summary>
    internal IReadOnlyList<PngChunk> PngChunks { get; init; } = [];

    /// <summary>Comments of a JPEG file, each in whatever encoding it was written.</summary>
    internal IReadOnlyList<byte[]> Comments { get; init; } = [];
}
