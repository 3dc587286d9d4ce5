namespace SuperRes.Imaging;

/// <summary>How TIFF compresses its strips; all are lossless.</summary>
public enum TiffCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>LZW: read by everything.</summary>
    Lzw,

    /// <summary>Deflate (zip): smaller than LZW.</summary>
    Deflate,
}
