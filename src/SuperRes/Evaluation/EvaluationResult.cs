using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation;

/// <summary>One model on one data set at one scale.</summary>
public sealed record EvaluationResult
{
    /// <summary>The model's name: that of <see cref="EvaluationModel.Name"/>.</summary>
    public required string Model { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>How the low-resolution images were made: that of <see cref="IEvaluationSet.Track"/>.</summary>
    public string? Track { get; init; }

    /// <summary>How many times wider and higher the result is than the low-resolution image.</summary>
    public required int Scale { get; init; }

    /// <summary>Mean PSNR in dB over the images; null when every image failed.</summary>
    public double? Psnr { get; init; }

    /// <summary>Interval of the mean PSNR over images like these; null with fewer than two.</summary>
    public Interval? PsnrInterval { get; init; }

    /// <summary>Mean SSIM over the images; null when every image failed.</summary>
    public double? Ssim { get; init; }

    /// <summary>Interval of the mean SSIM; null with fewer than two images.</summary>
    public Interval? SsimInterval { get; init; }

    /// <summary>PSNR in dB with the peak that the paper prints; only under protocol <c>paper</c>.</summary>
    public double? PsnrPrintedPeak { get; init; }

    /// <summary>
    /// PSNR in dB with the gray values of gray images used directly, as some scripts do; only under protocol <c>y</c>
    /// and where at least one image is gray.
    /// </summary>
    public double? PsnrGrayDirect { get; init; }

    /// <summary>The model's trained parameters; 0 for a classical method.</summary>
    public required long Parameters { get; init; }

    /// <summary>SHA-256 of the model's file; null for a classical method, and in reports of earlier versions.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>Mean over the images of the milliseconds per image; null when every image failed.</summary>
    public double? Ms { get; init; }

    /// <summary>The images that were measured, in the set's order.</summary>
    public required IReadOnlyList<ImageResult> Images { get; init; }

    /// <summary>The images that could not be measured; they are in no mean.</summary>
    public IReadOnlyList<ImageFailure> Failures { get; init => field = value ?? []; } = [];

    /// <summary>The means under the report's other protocols, in their order.</summary>
    public IReadOnlyList<ProtocolScore> Others { get; init => field = value ?? []; } = [];
}
