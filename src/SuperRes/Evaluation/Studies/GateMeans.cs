namespace SuperRes.Evaluation.Studies;

/// <summary>What an attention module multiplies by on average over images.</summary>
/// <param name="Module">The module's name in the network.</param>
/// <param name="Channels">Mean weight of each channel; null without a channel gate.</param>
/// <param name="Positions">Mean weight over all pixels, the borders too; null without a spatial gate.</param>
internal sealed record GateMeans(string Module, IReadOnlyList<float>? Channels, float? Positions);
