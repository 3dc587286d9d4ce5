using SuperRes.Upscaling;

namespace SuperRes.Evaluation.Studies;

/// <summary>What an attention module did to an image, and what its spatial gate was computed from.</summary>
/// <param name="Layer">What it multiplied by.</param>
/// <param name="Pooled">The two maps that its spatial gate was computed from, the average and the maximum of each pixel in turn; null without such a gate.</param>
internal sealed record ModuleView(AttentionLayer Layer, float[]? Pooled = null);
