using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation;

/// <summary>PSNR and SSIM under a protocol beside the report's own: of one image, or the mean over a set.</summary>
public sealed record ProtocolScore
{
    /// <summary>The protocol's name; its card is among <see cref="EvaluationReport.OtherProtocols"/>.</summary>
    public required string Protocol { get; init; }

    /// <summary>
    /// The images that the means are over, which may be fewer than the result has: a small one may leave too little under
    /// this protocol. Null for a single image, and in reports of versions that did not count.
    /// </summary>
    public int? Images { get; init; }

    /// <summary>PSNR in dB; positive infinity for identical images.</summary>
    public required double Psnr { get; init; }

    /// <summary>Interval of the mean PSNR; null for a single image.</summary>
    public Interval? PsnrInterval { get; init; }

    /// <summary>SSIM, at most 1.</summary>
    public required double Ssim { get; init; }

    /// <summary>Interval of the mean SSIM; null for a single image.</summary>
    public Interval? SsimInterval { get; init; }

    /// <summary>PSNR in dB with the peak that the paper prints; only under protocol <c>paper</c>.</summary>
    public double? PsnrPrintedPeak { get; init; }

    /// <summary>
    /// PSNR in dB with the gray values of gray images used directly, as some scripts do; only under protocol <c>y</c>
    /// and where at least one image is gray.
    /// </summary>
    public double? PsnrGrayDirect { get; init; }
}
