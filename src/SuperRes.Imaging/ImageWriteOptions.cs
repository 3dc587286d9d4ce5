namespace SuperRes.Imaging;

/// <summary>How an image file is written.</summary>
public sealed record ImageWriteOptions
{
    /// <summary>The options used where none are given.</summary>
    public static ImageWriteOptions Default { get; } = new();

    /// <summary>The format; null takes it from the path's extension.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>Whether a file that exists is replaced (in one step, only once the new one is complete).</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>PNG's zlib level, 0 (none) to 9. 6 with <see cref="PngFilter.Sub"/> measured best for size and time together.</summary>
    public int PngCompression { get; init; } = 6;

    /// <summary>PNG's row filter.</summary>
    public PngFilter PngFilter { get; init; } = PngFilter.Sub;

    /// <summary>JPEG quality, 1 to 100. From 90 on, colour is not subsampled.</summary>
    public int JpegQuality { get; init; } = 95;

    /// <summary>
    /// Whether JPEG gets the Huffman tables that suit the image best, for which the encoder holds it whole: up to 16 megapixels, 12 bytes for
    /// each pixel in colour. The same pixels, in a file a few percent smaller.
    /// </summary>
    public bool JpegOptimizeCoding { get; init; } = true;

    /// <summary>WebP quality, 1 to 100, where it is not lossless.</summary>
    public int WebpQuality { get; init; } = 90;

    /// <summary>Whether WebP keeps every sample; null does where the metadata comes from a lossless WebP file.</summary>
    public bool? WebpLossless { get; init; }

    /// <summary>AVIF, HEIF and JPEG XL quality, 1 to 100, where they are not lossless.</summary>
    public int AvifQuality { get; init; } = 80;

    /// <summary>Whether AVIF, HEIF and JPEG XL keep every sample (of the depth that they store).</summary>
    public bool AvifLossless { get; init; }

    /// <summary>
    /// How hard AVIF, HEIF and JPEG XL search, 0 to 9. On a 1-megapixel photograph 2 took a twentieth of the time that
    /// libvips' default of 4 takes, for a file 9 % larger.
    /// </summary>
    public int AvifEffort { get; init; } = 2;

    /// <summary>TIFF's compression, with the horizontal predictor.</summary>
    public TiffCompression TiffCompression { get; init; } = TiffCompression.Deflate;

    /// <summary>The same with one quality for JPEG, WebP, AVIF, HEIF and JPEG XL, none of which is lossless then.</summary>
    /// <param name="quality">1 to 100.</param>
    public ImageWriteOptions WithQuality(int quality) =>
        this with { JpegQuality = quality, WebpQuality = quality, WebpLossless = false, AvifQuality = quality, AvifLossless = false };

    /// <summary>The quality that a format is written in; null for a format that has none.</summary>
    public int? QualityOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => JpegQuality,
        ImageFormat.Webp => WebpQuality,
        ImageFormat.Avif or ImageFormat.Heif or ImageFormat.JpegXl => AvifQuality,
        _ => null,
    };

    /// <summary>Every fault in these options, each one sentence; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(PngCompression, 0, 9, "PNG compression");
        Check(JpegQuality, 1, 100, "JPEG quality");
        Check(WebpQuality, 1, 100, "WebP quality");
        Check(AvifQuality, 1, 100, "AVIF quality");
        Check(AvifEffort, 0, 9, "AVIF effort");
        CheckKnown(PngFilter, "PNG filter");
        CheckKnown(TiffCompression, "TIFF compression");
        CheckKnown(Format ?? ImageFormat.Png, "format");
        return faults;

        void Check(int value, int least, int most, string what)
        {
            if (value < least || value > most)
            {
                faults.Add($"{what} is {value}; it goes from {least} to {most}.");
            }
        }

        void CheckKnown<T>(T value, string what)
            where T : struct, Enum
        {
            if (!Enum.IsDefined(value))
            {
                faults.Add($"The {what} is {value}; it is one of {string.Join(", ", Enum.GetNames<T>())}.");
            }
        }
    }
}
