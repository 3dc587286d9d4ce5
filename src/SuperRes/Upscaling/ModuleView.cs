namespace SuperRes.Upscaling;

/// <summary>What an attention module did to an image, and what its spatial gate was computed from.</summary>
/// <param name="Layer">What it multiplied by.</param>
/// <param name="Spatial">What its spatial gate was computed from; null without one.</param>
internal sealed record ModuleView(AttentionLayer Layer, SpatialView? Spatial = null);
