namespace SuperRes.Resampling;

/// <summary>How <see cref="MatlabResize"/> works. The defaults are MATLAB's.</summary>
public sealed record ResizeOptions
{
    /// <summary>MATLAB's defaults: bicubic, antialiased, rounding between the passes of integer images.</summary>
    public static ResizeOptions Default { get; } = new();

    /// <summary>The interpolation kernel; MATLAB's default is bicubic.</summary>
    public ResizeKernel Kernel { get; init; } = ResizeKernel.Bicubic;

    /// <summary>Widens the kernel when shrinking, so that detail too fine for the result does not alias. <see cref="ResizeKernel.Nearest"/> ignores it.</summary>
    public bool Antialias { get; init; } = true;

    /// <summary>
    /// Rounds and clips 8- and 16-bit images between the two passes, as MATLAB does: needed to reproduce published
    /// low-resolution images, at the cost of up to half a level of accuracy. Float images are never rounded.
    /// </summary>
    public bool RoundBetweenPasses { get; init; } = true;

    /// <summary>Threads to use at most; 0 for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }
}
