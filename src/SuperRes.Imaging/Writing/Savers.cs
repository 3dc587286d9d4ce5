using NetVips;

namespace SuperRes.Imaging.Writing;

/// <summary>Calls libvips' saver of one format with the options that belong to it.</summary>
internal static class Savers
{
    public static void Save(ImageFormat format, Image image, Target target, ImageWriteOptions options)
    {
        switch (format)
        {
            case ImageFormat.Png:
                image.PngsaveTarget(target, compression: options.PngCompression, filter: Filter(options.PngFilter));
                break;
            case ImageFormat.Jpeg:
                image.JpegsaveTarget(target, q: options.JpegQuality, optimizeCoding: true);
                break;
            case ImageFormat.Webp:
                image.WebpsaveTarget(target, q: options.WebpQuality, lossless: options.WebpLossless, exact: options.WebpLossless);
                break;
            case ImageFormat.Tiff:
                SaveTiff(image, target, options.TiffCompression);
                break;
            case ImageFormat.Avif or ImageFormat.Heif:
                image.HeifsaveTarget(
                    target,
                    q: options.AvifQuality,
                    lossless: options.AvifLossless,
                    compression: format == ImageFormat.Avif ? Enums.ForeignHeifCompression.Av1 : Enums.ForeignHeifCompression.Hevc);
                break;
            case ImageFormat.JpegXl:
                image.JxlsaveTarget(target, q: options.AvifQuality, lossless: options.AvifLossless);
                break;
            case ImageFormat.Gif:
                image.GifsaveTarget(target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown image format.");
        }
    }

    private static void SaveTiff(Image image, Target target, TiffCompression compression)
    {
        var isFloat = image.Format == Enums.BandFormat.Float;
        image.TiffsaveTarget(
            target,
            compression: compression switch
            {
                TiffCompression.None => Enums.ForeignTiffCompression.None,
                TiffCompression.Lzw => Enums.ForeignTiffCompression.Lzw,
                _ => Enums.ForeignTiffCompression.Deflate,
            },
            predictor: isFloat ? Enums.ForeignTiffPredictor.Float : Enums.ForeignTiffPredictor.Horizontal);
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
