namespace SuperRes.Imaging;

/// <summary>An image file format. <see cref="ImageFormats"/> tells which of them this machine reads and writes.</summary>
public enum ImageFormat
{
    /// <summary>PNG: lossless, 8 and 16 bit.</summary>
    Png,

    /// <summary>JPEG: lossy, 8 bit, no alpha.</summary>
    Jpeg,

    /// <summary>WebP: lossy or lossless, 8 bit.</summary>
    Webp,

    /// <summary>TIFF: lossless, 8 and 16 bit and float.</summary>
    Tiff,

    /// <summary>AVIF: lossy or lossless, 8 to 12 bit.</summary>
    Avif,

    /// <summary>HEIF with HEVC inside (.heic).</summary>
    Heif,

    /// <summary>JPEG XL.</summary>
    JpegXl,

    /// <summary>GIF: at most 256 colours, alpha on or off.</summary>
    Gif,
}
