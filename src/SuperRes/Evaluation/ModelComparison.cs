using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation;

/// <summary>One model against the baseline on the images that both were measured on.</summary>
public sealed record ModelComparison
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The name of the model that it is compared with.</summary>
    public required string Baseline { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The scale.</summary>
    public required int Scale { get; init; }

    /// <summary>Gain in PSNR, dB; null without a common image of finite PSNR.</summary>
    public PairedDifference? Psnr { get; init; }

    /// <summary>Gain in SSIM; null without a common image.</summary>
    public PairedDifference? Ssim { get; init; }
}
