namespace SuperRes.Metrics;

/// <summary>How close a result is to its reference under one protocol.</summary>
/// <param name="Psnr">Peak signal-to-noise ratio in dB; +infinity for identical images.</param>
/// <param name="Ssim">Structural similarity, -1 to 1; 1 for identical images.</param>
public readonly record struct QualityScore(double Psnr, double Ssim)
{
    /// <summary>
    /// Protocol <c>paper</c> only: PSNR in dB by the formula that the paper prints, whose peak is the reference's own
    /// maximum. Negative infinity for a black reference that the result differs from.
    /// </summary>
    public double? PsnrPrintedPeak { get; init; }

    /// <summary>
    /// Protocol <c>y</c> on a gray pair only: PSNR in dB with the gray values used directly, not replicated to RGB
    /// and converted to luma. It is 1.32 dB lower; reports of Set14, whose <c>bridge</c> is gray, print both means.
    /// </summary>
    public double? PsnrGrayDirect { get; init; }
}
