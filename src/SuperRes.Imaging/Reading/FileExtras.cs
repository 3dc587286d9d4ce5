using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>What a file holds beside its pixels that libvips does not pass on.</summary>
internal sealed record FileExtras
{
    /// <summary>Nothing beyond what libvips passes on.</summary>
    public static FileExtras None { get; } = new();

    /// <summary>Frames of an animation that libvips takes for a still image; libvips' own number counts where it is higher.</summary>
    public int FrameCount { get; init; } = 1;

    /// <summary>EXIF, perhaps with what JPEG puts before it; libvips' own comes first.</summary>
    public byte[] Exif { get; init; } = [];

    /// <summary>The XMP packet; libvips' own comes first.</summary>
    public byte[] Xmp { get; init; } = [];

    /// <summary>IPTC, bare or as JPEG wraps it; libvips' own comes first.</summary>
    public byte[] Iptc { get; init; } = [];

    /// <summary>The ICC profile; libvips' own comes first.</summary>
    public byte[] IccProfile { get; init; } = [];

    /// <summary>Whether the file has an ICC profile in its usual place, readable or not.</summary>
    public bool HasIccProfile { get; init; }

    /// <summary>Whether a PNG says how large its pixels are: libvips' 1 per millimetre may stand for nothing said.</summary>
    public bool StatesResolution { get; init; }

    /// <summary>Whether this is a WebP file that keeps every sample.</summary>
    public bool IsLosslessWebp { get; init; }

    /// <summary>Quality of a JPEG file, 1 to 100.</summary>
    public int? JpegQuality { get; init; }

    /// <summary>Comments of a JPEG file, in whatever encoding.</summary>
    public IReadOnlyList<byte[]> Comments { get; init; } = [];

    /// <summary>PNG chunks for another PNG file.</summary>
    public IReadOnlyList<PngChunk> PngChunks { get; init; } = [];

    /// <summary>
    /// Stretches of the file that libvips must not see: it would decompress and keep all texts of a PNG, which are read here
    /// as far as they are wanted, and heed damaged chunks.
    /// </summary>
    public IReadOnlyList<(long Start, long End)> Hidden { get; init; } = [];

    /// <summary>One sentence for each thing that is lost.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Looks through the file that starts where the stream stands; the stream is put back there.</summary>
    public static FileExtras Read(Stream file, ImageFormat format, CancellationToken cancellationToken)
    {
        var start = file.Position;
        try
        {
            return format switch
            {
                ImageFormat.Png => PngExtras.Read(file, cancellationToken),
                ImageFormat.Jpeg => JpegExtras.Read(file),
                ImageFormat.Webp => WebpExtras.Read(file),
                ImageFormat.Avif or ImageFormat.Heif => HeifExtras.Read(file),
                ImageFormat.Tiff => new FileExtras { HasIccProfile = TiffMetadata.HasIccProfile(file) },
                _ => None,
            };
        }
        finally
        {
            file.Position = start;
        }
    }
}
