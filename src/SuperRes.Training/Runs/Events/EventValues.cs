namespace SuperRes.Training.Runs.Events;

/// <summary>The run's records as TensorBoard's tags and values.</summary>
internal static class EventValues
{
    public static IEnumerable<KeyValuePair<string, double>> Of(StepMetrics metrics) =>
    [
        new("train/loss", metrics.Loss),
        new("train/learning_rate", metrics.LearningRate),
        new("train/gradient_norm", metrics.GradientNorm),
        new("speed/patches_per_second", metrics.SamplesPerSecond),
        new("speed/data_wait_ms", metrics.DataWait),
        new("speed/memory_mb", metrics.MemoryMegabytes),
        .. (metrics.Losses ?? new Dictionary<string, double>()).Select(part => KeyValuePair.Create($"losses/{part.Key}", part.Value)),
    ];

    public static IEnumerable<KeyValuePair<string, double>> Of(ValidationMetrics metrics) =>
    [
        new("validation/psnr", metrics.Psnr),
        new("validation/ssim", metrics.Ssim),
        new("validation/psnr_raw", metrics.RawPsnr),
        new("validation/ssim_raw", metrics.RawSsim),
    ];
}
