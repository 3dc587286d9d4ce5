using SuperRes.Imaging.Reading;
using SuperRes.Imaging.Vips;

namespace SuperRes.Imaging;

/// <summary>What is known about each <see cref="ImageFormat"/>: names, extensions, and whether libvips here has it.</summary>
public static class ImageFormats
{
    private static readonly Entry[] Table =
    [
        new(ImageFormat.Png, "PNG", ["png"], "pngload_source", "pngsave_target", ["png", "vipspng", "vips2png"]),
        new(ImageFormat.Jpeg, "JPEG", ["jpg", "jpeg", "jpe", "jfif"], "jpegload_source", "jpegsave_target", ["VipsJpeg", "jpeg", "vips2jpeg"]),
        new(ImageFormat.Webp, "WebP", ["webp"], "webpload_source", "webpsave_target", ["webp"]),
        new(ImageFormat.Tiff, "TIFF", ["tif", "tiff"], "tiffload_source", "tiffsave_target", ["tiff", "vips2tiff", "LZW", "Zip", "PackBits", "Fax", "JPEGLib", "Predictor"]),
        new(ImageFormat.Avif, "AVIF", ["avif"], "heifload_source", "heifsave_target", ["heif"]),
        new(ImageFormat.Heif, "HEIF", ["heic", "heif"], "heifload_source", "heifsave_target", ["heif"]),
        new(ImageFormat.JpegXl, "JPEG XL", ["jxl"], "jxlload_source", "jxlsave_target", ["jxl"]),
        new(ImageFormat.Gif, "GIF", ["gif"], "gifload_source", "gifsave_target", ["gif", "cgif"]),
    ];

    private static readonly Lazy<IReadOnlyList<ImageFormat>> LazyReadable = new(() => [.. Table.Select(entry => entry.Format).Where(IsReadable)]);

    private static readonly Lazy<IReadOnlyList<ImageFormat>> LazyWritable = new(() => [.. Table.Select(entry => entry.Format).Where(IsWritable)]);

    /// <summary>Every format that files on this machine can be read from.</summary>
    /// <exception cref="ImageFileException">libvips can't be loaded.</exception>
    public static IReadOnlyList<ImageFormat> Readable => LazyReadable.Value;

    /// <summary>Every format that files on this machine can be written in.</summary>
    /// <exception cref="ImageFileException">libvips can't be loaded.</exception>
    public static IReadOnlyList<ImageFormat> Writable => LazyWritable.Value;

    /// <summary>Whether files of the format can be read on this machine. Looks at this format only, which <see cref="Readable"/> takes longer for.</summary>
    /// <exception cref="ImageFileException">libvips can't be loaded.</exception>
    public static bool IsReadable(ImageFormat format) => Find(format) is var entry && IsAvailable(entry, entry.Loader);

    /// <summary>Whether files of the format can be written on this machine. Looks at this format only, which <see cref="Writable"/> takes longer for.</summary>
    /// <exception cref="ImageFileException">libvips can't be loaded.</exception>
    public static bool IsWritable(ImageFormat format) => Find(format) is var entry && IsAvailable(entry, entry.Saver);

    /// <summary>The name a person knows the format by, such as <c>JPEG</c>.</summary>
    public static string Name(ImageFormat format) => Find(format).Name;

    /// <summary>The usual file name extension with its dot, such as <c>.jpg</c>.</summary>
    public static string Extension(ImageFormat format) => "." + Find(format).Extensions[0];

    /// <summary>The format that a path's extension names; null when it names none. Case does not matter.</summary>
    public static ImageFormat? FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TryParse(Path.GetExtension(path), out var format) ? format : null;
    }

    /// <summary>Whether a path's extension is that of an image file this machine can read.</summary>
    /// <exception cref="ImageFileException">libvips can't be loaded.</exception>
    public static bool HasReadableExtension(string path) => FromPath(path) is { } format && IsReadable(format);

    /// <summary>Whether a path's extension is that of a camera's raw files (<c>.dng</c>, <c>.nef</c>, <c>.cr3</c>), which are refused: they would have to be developed.</summary>
    public static bool IsCameraRaw(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return CameraRaw.HasExtension(path);
    }

    /// <summary>Reads a format's name or extension, with or without the dot: <c>png</c>, <c>.JPG</c>, <c>jpeg</c>.</summary>
    public static bool TryParse(string? text, out ImageFormat format)
    {
        var name = text?.TrimStart('.') ?? "";
        foreach (var entry in Table)
        {
            if (entry.Extensions.Contains(name, StringComparer.OrdinalIgnoreCase) ||
                string.Equals(entry.Format.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                format = entry.Format;
                return true;
            }
        }

        format = default;
        return false;
    }

    /// <summary>Whether an image of the format is encoded as its rows come; the encoders of other formats collect all of them first.</summary>
    public static bool IsWrittenInStrips(ImageFormat format) => format is ImageFormat.Png or ImageFormat.Jpeg or ImageFormat.Tiff;

    /// <summary>The most pixels that an image written in the format may have along a side; <see cref="int.MaxValue"/> where it sets no such limit.</summary>
    // WebP: RFC 9649, 2.7; AV1 and JPEG and GIF: 16-bit fields (libjpeg stops at 65500, its JPEG_MAX_DIMENSION; libvips'
    // AVIF saver at 16384).
    public static int LongestSide(ImageFormat format) => format switch
    {
        ImageFormat.Webp => 16383,
        ImageFormat.Avif or ImageFormat.Heif => 16384,
        ImageFormat.Jpeg => 65500,
        ImageFormat.Gif => 65535,
        _ => int.MaxValue,
    };

    /// <summary>The readable formats as a person would list them: <c>PNG, JPEG, WebP</c>.</summary>
    internal static string List(IEnumerable<ImageFormat> formats) => string.Join(", ", formats.Select(Name));

    /// <summary>Whether libvips has a loader for the format, though perhaps not every codec that the format may hold.</summary>
    internal static bool HasLoader(ImageFormat format) => VipsRuntime.HasOperation(Find(format).Loader);

    /// <summary>Why reading or writing a format failed, in words for one line.</summary>
    internal static string Explain(ImageFormat format, Exception error, string otherwise) =>
        VipsErrors.OneLine(error, Find(format).Modules, otherwise);

    private static bool IsAvailable(Entry entry, string operation) =>
        VipsRuntime.HasOperation(operation) && (entry.Format != ImageFormat.Heif || HevcProbe.IsPresent);

    private static Entry Find(ImageFormat format) => Array.Find(Table, e => e.Format == format)
        ?? throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown image format.");

    /// <param name="Format">The format.</param>
    /// <param name="Name">As a person writes it.</param>
    /// <param name="Extensions">Without dots; the usual one first.</param>
    /// <param name="Loader">libvips' operation.</param>
    /// <param name="Saver">libvips' operation.</param>
    /// <param name="Modules">What the names in libvips' error log begin with when this format fails.</param>
    private sealed record Entry(ImageFormat Format, string Name, string[] Extensions, string Loader, string Saver, string[] Modules);
}
