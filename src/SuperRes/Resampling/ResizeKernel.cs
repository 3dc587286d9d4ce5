namespace SuperRes.Resampling;

/// <summary>The interpolation kernels of MATLAB's <c>imresize</c>, with the width each has before it is widened for antialiasing.</summary>
public enum ResizeKernel
{
    /// <summary>The nearest sample; never antialiased.</summary>
    Nearest,

    /// <summary>Box of width 1: the mean of the covered samples when shrinking.</summary>
    Box,

    /// <summary>Triangle of width 2.</summary>
    Bilinear,

    /// <summary>Cubic convolution with a = -0.5, width 4 (Keys 1981, doi:10.1109/TASSP.1981.1163711).</summary>
    Bicubic,

    /// <summary>Lanczos with two lobes, width 4.</summary>
    Lanczos2,

    /// <summary>Lanczos with three lobes, width 6.</summary>
    Lanczos3,
}
