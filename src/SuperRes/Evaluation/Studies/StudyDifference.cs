using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation.Studies;

/// <summary>How much larger a measure is with one variant than with another.</summary>
/// <param name="Dataset">The set.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Seeds">The difference of the set's means, seed by seed.</param>
/// <param name="Crossed">The same with the images as a second source of chance; null with fewer than two seeds or images.</param>
public sealed record StudyDifference(string Dataset, StudyMeasure Measure, SeedDifference Seeds, CrossedDifference? Crossed = null);
