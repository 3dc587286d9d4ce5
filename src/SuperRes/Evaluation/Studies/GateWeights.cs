namespace SuperRes.Evaluation.Studies;

/// <summary>What a network's attention multiplies by, and how much of that depends on what it sees.</summary>
/// <param name="Mean">Mean weight, in (0, 1), before the module's gain.</param>
/// <param name="Variation">
/// Coefficient of variation: a channel's weight from image to image, or a module's spatial weights from pixel to pixel. 0 for
/// gates that always pass the same.
/// </param>
public sealed record GateWeights(double Mean, double Variation);
