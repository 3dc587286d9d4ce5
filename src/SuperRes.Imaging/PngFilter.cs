namespace SuperRes.Imaging;

/// <summary>How PNG predicts a row before compressing it (PNG specification, clause 9).</summary>
public enum PngFilter
{
    /// <summary>No prediction: best for flat drawings and palettes.</summary>
    None,

    /// <summary>From the pixel to the left: nearly as small as adaptive on photographs, and several times faster.</summary>
    Sub,

    /// <summary>From the pixel above.</summary>
    Up,

    /// <summary>From the mean of both.</summary>
    Average,

    /// <summary>From whichever of three neighbours lies nearest.</summary>
    Paeth,

    /// <summary>The best of the five for each row: smallest, slowest.</summary>
    Adaptive,
}
