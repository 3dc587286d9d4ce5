using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Training.Recipes;

/// <summary>How a run is measured on its way. Validation images choose checkpoints; they are never trained on.</summary>
public sealed record ValidationOptions
{
    /// <summary>A folder of images in any layout that <c>superres evaluate</c> reads; null for no validation.</summary>
    public string? Path { get; init; }

    /// <summary>Which images, by name: names, patterns and ranges separated by commas (<c>0801..0850</c>); null for all.</summary>
    public string? Names { get; init; }

    /// <summary>Only the first so many images; 0 for all.</summary>
    public int First { get; init; }

    /// <summary>
    /// Which of the folder's low-resolution images, as its folders are called: <c>bicubic</c>, which are made where there are
    /// none, or such as <c>bicubic-noise5-jpeg40</c> of <c>superres degrade</c>, for networks trained on degraded patches.
    /// </summary>
    public string Track { get; init; } = LowResolutionFolder.BicubicTrack;

    /// <summary>Steps between two measurements.</summary>
    public long Every { get; init; } = 1000;

    /// <summary>Protocol of the PSNR and SSIM that choose the best checkpoint: y, rgb, div2k or paper.</summary>
    public string Protocol { get; init; } = "y";

    /// <summary>What the best checkpoint is chosen by.</summary>
    public BestBy Best { get; init; } = BestBy.Psnr;

    /// <summary>Images whose results are saved at each measurement.</summary>
    public int Samples { get; init; } = 2;

    /// <summary>What the numbers are of, in a few words: the protocol, and the track where it is not the bicubic one.</summary>
    internal string Measure => Track == LowResolutionFolder.BicubicTrack ? Protocol : $"{Protocol}, {Track}";

    /// <summary>The number of a measurement that <see cref="Best"/> compares; more is better.</summary>
    internal double Score(ValidationMetrics validation) => Best == BestBy.Ssim ? validation.Ssim : validation.Psnr;
}
