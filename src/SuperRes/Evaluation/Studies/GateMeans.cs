namespace SuperRes.Evaluation.Studies;

/// <summary>What an attention module does on average over images.</summary>
/// <param name="Module">The module's name in the network.</param>
/// <param name="Channels">Mean weight of each channel; null without a channel gate.</param>
/// <param name="Spatial">Its spatial gate; null without one.</param>
internal sealed record GateMeans(string Module, IReadOnlyList<float>? Channels, SpatialMeans? Spatial);
