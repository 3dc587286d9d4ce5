using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation.Studies;

/// <summary>A measure's mean over the images of a set and over seeds.</summary>
/// <param name="Dataset">The set.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Value">The mean.</param>
/// <param name="Interval">Student's t interval over seeds; null with one seed, or where a seed has every image right to the last bit.</param>
/// <param name="SeedDeviation">Standard deviation from seed to seed; null where there is no interval.</param>
public sealed record StudyMean(string Dataset, StudyMeasure Measure, double Value, Interval? Interval = null, double? SeedDeviation = null);
