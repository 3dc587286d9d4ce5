using SuperRes.Training.Runs;

namespace SuperRes.Training.Trainers;

/// <summary>What a trainer tells whoever watches it.</summary>
/// <param name="Step">Finished steps.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Metrics">New records of the steps, or null.</param>
/// <param name="Validation">A new measurement, or null.</param>
/// <param name="Start">With the run's first event, what it is about to do; null later.</param>
public sealed record TrainingEvent(long Step, long Steps, StepMetrics? Metrics = null, ValidationMetrics? Validation = null, TrainingStart? Start = null)
{
    /// <summary>The step's loss; null in events that tell of no step.</summary>
    public double? Loss { get; init; }
}
