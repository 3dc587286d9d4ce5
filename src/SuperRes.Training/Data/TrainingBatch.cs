namespace SuperRes.Training.Data;

/// <summary>The patches of one step.</summary>
/// <param name="Input">N, P, P, 3: low-resolution RGB in [0, 1].</param>
/// <param name="Targets">Per output of the network, the first N, sP, sP, 3.</param>
/// <param name="Names">Per patch, the image it was cut from.</param>
public sealed record TrainingBatch(FeatureBatch Input, IReadOnlyList<FeatureBatch> Targets, string[] Names);
