namespace SuperRes.Training.Ablation.Experiments;

/// <summary>Does one variant change the results of another?</summary>
/// <param name="Variant">Name of the variant that is asked about.</param>
/// <param name="Against">Name of the one that it is compared with, network by network.</param>
public sealed record Question(string Variant, string Against);
