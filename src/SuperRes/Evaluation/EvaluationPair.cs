using SuperRes.Pixels;

namespace SuperRes.Evaluation;

/// <summary>An image and its low-resolution version, as they are stored: neither is cropped yet.</summary>
/// <param name="Reference">The high-resolution original; the evaluator crops it to a multiple of the scale.</param>
/// <param name="LowResolution">The published low-resolution image; null where there is none and the evaluator makes it.</param>
public sealed record EvaluationPair(ImageBuffer Reference, ImageBuffer? LowResolution = null)
{
    /// <summary>One sentence for each thing of the original that could not be kept as it was stored: another colour space, further pages. Often empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
