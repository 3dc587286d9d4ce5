namespace SuperRes.Imaging.Data.Checking;

/// <summary>How a low-resolution image was made, as far as its samples tell.</summary>
public enum LowResolutionOrigin
{
    /// <summary>MATLAB's <c>imresize</c> makes the same, sample for sample.</summary>
    Matlab,

    /// <summary>No sample differs from MATLAB's by more than one level: another program with MATLAB's method.</summary>
    MatlabWithinRounding,

    /// <summary>Pillow's bicubic, or a program like it: the same kernel, other edges and rounding.</summary>
    Pillow,

    /// <summary>Something else.</summary>
    Other,

    /// <summary>Can't be judged: float samples, or another colour model than the original's.</summary>
    Unknown,
}
