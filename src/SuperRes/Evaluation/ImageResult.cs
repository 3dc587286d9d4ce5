namespace SuperRes.Evaluation;

/// <summary>One model's numbers on one image.</summary>
public sealed record ImageResult
{
    /// <summary>The image's name without folder or extension.</summary>
    public required string Name { get; init; }

    /// <summary>PSNR in dB under the report's protocol; positive infinity for identical images.</summary>
    public required double Psnr { get; init; }

    /// <summary>SSIM under the report's protocol, at most 1.</summary>
    public required double Ssim { get; init; }

    /// <summary>PSNR in dB with the peak that the paper prints; only under protocol <c>paper</c>.</summary>
    public double? PsnrPrintedPeak { get; init; }

    /// <summary>PSNR in dB of the gray values used directly; only under protocol <c>y</c> and for a gray image.</summary>
    public double? PsnrGrayDirect { get; init; }

    /// <summary>Milliseconds to make the image from its decoded low-resolution version: the median where it was repeated.</summary>
    public required double Ms { get; init; }

    /// <summary>The same output under the report's other protocols, in their order.</summary>
    public IReadOnlyList<ProtocolScore> Others { get; init => field = value ?? []; } = [];
}
