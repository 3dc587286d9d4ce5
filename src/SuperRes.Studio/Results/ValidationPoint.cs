using SuperRes.Evaluation.Runs;

namespace SuperRes.Studio.Results;

/// <summary>A measurement on the validation images for a chart: what is not a finite number is null.</summary>
internal sealed record ValidationPoint(long Step, double? Psnr, double? Ssim, double? RawPsnr, double? RawSsim)
{
    public static ValidationPoint Of(ValidationMetrics metrics) => new(
        metrics.Step, MetricsPoint.Finite(metrics.Psnr), MetricsPoint.Finite(metrics.Ssim), MetricsPoint.Finite(metrics.RawPsnr), MetricsPoint.Finite(metrics.RawSsim));
}
