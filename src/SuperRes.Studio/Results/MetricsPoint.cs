using SuperRes.Evaluation.Runs;

namespace SuperRes.Studio.Results;

/// <summary>A record of training steps for a chart: what is not a finite number is null.</summary>
internal sealed record MetricsPoint(long Step, double? Loss, double? LearningRate, double? GradientNorm, double? SamplesPerSecond, double? DataWait, double? MemoryMegabytes)
{
    public static MetricsPoint Of(StepMetrics metrics) => new(
        metrics.Step, Finite(metrics.Loss), Finite(metrics.LearningRate), Finite(metrics.GradientNorm), Finite(metrics.SamplesPerSecond), Finite(metrics.DataWait), Finite(metrics.MemoryMegabytes));

    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
