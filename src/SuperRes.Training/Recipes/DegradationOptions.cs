namespace SuperRes.Training.Recipes;

/// <summary>
/// How low-resolution patches are made for networks meant for photos as they are, after Real-ESRGAN (Wang et al. 2021,
/// arXiv:2107.10833, section 3): blur, resizing, noise and JPEG, drawn anew for every patch from the seed and its number.
/// The last stage's JPEG comes before or after the reduction to the low resolution.
/// </summary>
public sealed record DegradationOptions
{
    /// <summary>One stage for a first-order model, two for the second-order one of the paper; 1 to 4.</summary>
    public IReadOnlyList<DegradationStage> Stages { get; init; } = [new()];

    /// <summary>
    /// Whether bilinear and bicubic reductions average over what a pixel comes to cover, as cameras and image programs do.
    /// Real-ESRGAN's don't, and alias; its area kernel always averages.
    /// </summary>
    public bool Antialias { get; init; }

    /// <summary>Probability of a sinc filter at the end, which rings as sharpened photos do; 0.8 in the paper's code.</summary>
    public double FinalSinc { get; init; }
}
