using System.Globalization;
using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Cli.Commands.Training;

/// <summary>What a run says of itself, in words.</summary>
internal static class TrainingText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Start(string name, TrainingStart start, long steps) =>
        string.Create(Invariant, $"{name}: {start.Parameters:N0} parameters, {Counted.Of(start.Images, "image")}, {Counted.Of(steps, "step")}, in '{start.Folder}'");

    public static string Record(StepMetrics metrics, long steps, TimeSpan left)
    {
        var parts = metrics.Losses is null ? "" : $" ({string.Join(", ", metrics.Losses.Select(part => string.Create(Invariant, $"{part.Key} {part.Value:G3}")))})";
        return string.Create(
            Invariant,
            $"step {metrics.Step}/{steps}  loss {metrics.Loss:F5}{parts}  rate {metrics.LearningRate:G3}  {metrics.SamplesPerSecond:F0} patches/s  data {metrics.DataWait:F1} ms  {metrics.MemoryMegabytes:F0} MB  left {Time(left)}");
    }

    public static string Validation(ValidationMetrics validation) => string.Create(
        Invariant,
        $"step {validation.Step}  validation {validation.Psnr:F3} dB  SSIM {validation.Ssim:F4}  (raw weights {validation.RawPsnr:F3} dB, {validation.RawSsim:F4})");

    /// <summary>One line beside the bar, which has the time left: the step at hand with its loss, the last measurement, and the last record's rates.</summary>
    public static string Now(TrainingEvent now, StepMetrics? metrics, ValidationMetrics? validation)
    {
        string[] parts =
        [
            string.Create(Invariant, $"step {now.Step}"),
            .. now.Loss is { } loss ? [string.Create(Invariant, $"loss {loss:F5}")] : Array.Empty<string>(),
            .. validation is null ? Array.Empty<string>() : [string.Create(Invariant, $"{validation.Psnr:F2} dB")],
            .. metrics is null ? Array.Empty<string>() :
            [
                string.Create(Invariant, $"rate {metrics.LearningRate:G3}"),
                string.Create(Invariant, $"{metrics.SamplesPerSecond:F0} patches/s"),
                string.Create(Invariant, $"data {metrics.DataWait:F1} ms"),
                string.Create(Invariant, $"{metrics.MemoryMegabytes:F0} MB"),
            ],
        ];
        return string.Join("  ", parts);
    }

    /// <summary>Hours may pass a day.</summary>
    private static string Time(TimeSpan time) => string.Create(Invariant, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");
}
