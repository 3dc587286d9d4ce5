namespace SuperRes.Evaluation.Studies;

/// <summary>What a network's attention did to a set of images.</summary>
/// <param name="Channel">Means over the modules' channel gates; null without such gates.</param>
/// <param name="Spatial">Means over the modules' spatial gates; null without such gates.</param>
/// <param name="Modules">What each module let through on average, in the order in which an image passes them.</param>
internal sealed record GateSummary(GateWeights? Channel, GateWeights? Spatial, IReadOnlyList<GateMeans> Modules);
