using NetVips;

namespace SuperRes.Imaging.Writing;

/// <summary>Calls libvips' saver of one format with the options that belong to it.</summary>
internal static class Savers
{
    // EXIF is embedded whole by MetadataEmbedding: libvips would rebuild it, and make one up where there is none.
    // XMP in PNG is too: libvips compresses it, which readers that keep to the XMP specification don't find; and XMP and IPTC
    // in JPEG, of which libvips silently leaves out what comes near the limit. HEIF is the exception: only libvips can put EXIF there.
    private const Enums.ForeignKeep KeepAllButExif = Enums.ForeignKeep.All & ~Enums.ForeignKeep.Exif;

    // A classic TIFF addresses 4 GiB; directories, profile and incompressible data need room too.
    private const long MaxClassicTiffBytes = 3_900_000_000;

    // Best Huffman tables need a first pass over all coefficients, which are then held, twice, in two bytes: 200 MB for so many pixels in colour.
    private const long MostPixelsToOptimize = 1 << 24;
    private const int OptimizedBytesPerSample = 4;

    public static void Save(ImageFormat format, Image image, Target target, ImageWriteOptions options)
    {
        switch (format)
        {
            case ImageFormat.Png:
                image.PngsaveTarget(target, compression: options.PngCompression, filter: Filter(options.PngFilter), keep: KeepAllButExif & ~Enums.ForeignKeep.Xmp);
                break;
            case ImageFormat.Jpeg:
                image.JpegsaveTarget(target, q: options.JpegQuality, optimizeCoding: OptimizesCoding(image.Width, image.Height, options), keep: KeepAllButExif & ~Enums.ForeignKeep.Xmp & ~Enums.ForeignKeep.Iptc);
                break;
            case ImageFormat.Webp:
                image.WebpsaveTarget(target, q: options.WebpQuality, lossless: options.WebpLossless == true, exact: options.WebpLossless == true, keep: KeepAllButExif);
                break;
            case ImageFormat.Tiff:
                SaveTiff(image, target, options.TiffCompression);
                break;
            case ImageFormat.Avif or ImageFormat.Heif:
                image.HeifsaveTarget(
                    target,
                    q: options.AvifQuality,
                    lossless: options.AvifLossless,
                    effort: options.AvifEffort,
                    subsampleMode: Enums.ForeignSubsample.Off,
                    keep: image.Contains("exif-data") ? Enums.ForeignKeep.All : KeepAllButExif,
                    compression: format == ImageFormat.Avif ? Enums.ForeignHeifCompression.Av1 : Enums.ForeignHeifCompression.Hevc);
                break;
            case ImageFormat.JpegXl:
                image.JxlsaveTarget(target, q: options.AvifQuality, lossless: options.AvifLossless, effort: Math.Max(1, options.AvifEffort));
                break;
            case ImageFormat.Gif:
                image.GifsaveTarget(target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown image format.");
        }
    }

    /// <summary>Bytes that the encoder holds of an image as a whole, about.</summary>
    public static long BytesHeld(ImageFormat format, int width, int height, int channels, int bytesPerSample, ImageWriteOptions options)
    {
        var samples = (long)width * height * channels;
        return !ImageFormats.IsWrittenInStrips(format) ? 2 * bytesPerSample * samples
            : format == ImageFormat.Jpeg && OptimizesCoding(width, height, options) ? OptimizedBytesPerSample * samples
            : 0;
    }

    private static bool OptimizesCoding(int width, int height, ImageWriteOptions options) =>
        options.JpegOptimizeCoding && (long)width * height <= MostPixelsToOptimize;

    private static void SaveTiff(Image image, Target target, TiffCompression compression)
    {
        var isFloat = image.Format == Enums.BandFormat.Float;
        var bytes = (long)image.Width * image.Height * image.Bands * (isFloat ? 4 : image.Format == Enums.BandFormat.Ushort ? 2 : 1);
        image.TiffsaveTarget(
            target,
            compression: compression switch
            {
                TiffCompression.None => Enums.ForeignTiffCompression.None,
                TiffCompression.Lzw => Enums.ForeignTiffCompression.Lzw,
                _ => Enums.ForeignTiffCompression.Deflate,
            },
            predictor: isFloat ? Enums.ForeignTiffPredictor.Float : Enums.ForeignTiffPredictor.Horizontal,
            resunit: Enums.ForeignTiffResunit.Inch,
            bigtiff: bytes > MaxClassicTiffBytes,
            keep: KeepAllButExif & ~Enums.ForeignKeep.Iptc);
    }

    private static Enums.ForeignPngFilter Filter(PngFilter filter) => filter switch
    {
        PngFilter.None => Enums.ForeignPngFilter.None,
        PngFilter.Sub => Enums.ForeignPngFilter.Sub,
        PngFilter.Up => Enums.ForeignPngFilter.Up,
        PngFilter.Average => Enums.ForeignPngFilter.Avg,
        PngFilter.Paeth => Enums.ForeignPngFilter.Paeth,
        PngFilter.Adaptive => Enums.ForeignPngFilter.All,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Unknown PNG filter."),
    };
}
