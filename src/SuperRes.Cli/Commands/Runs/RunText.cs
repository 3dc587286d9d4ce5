using System.Globalization;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Training.Runs;

namespace SuperRes.Cli.Commands.Runs;

/// <summary>How runs are written, for people and for machines.</summary>
internal static class RunText
{
    private const string None = "-";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Steps(RunSummary run) => string.Create(Invariant, $"{run.Step}/{run.Steps}");

    public static string Psnr(ValidationMetrics? validation) => validation?.Psnr.ToString("F3", Invariant) ?? None;

    public static string Ssim(ValidationMetrics? validation) => validation?.Ssim.ToString("F4", Invariant) ?? None;

    public static string Step(ValidationMetrics? validation) => validation?.Step.ToString(Invariant) ?? None;

    public static string Loss(RunSummary run) => run.Loss?.ToString("F5", Invariant) ?? None;

    public static string Speed(RunSummary run) => run.SamplesPerSecond?.ToString("F0", Invariant) ?? None;

    public static string Memory(RunSummary run) => run.PeakMegabytes is { } megabytes ? string.Create(Invariant, $"{megabytes:F0} MB") : None;

    public static string State(RunSummary run) => run.State.ToString().ToLowerInvariant();

    /// <summary>The members of a run's JSON object.</summary>
    public static void Write(Utf8JsonWriter json, RunSummary run)
    {
        json.WriteString("run", run.Folder);
        json.WriteString("name", run.Name);
        json.WritePropertyName("network");
        json.WriteRawValue(run.Network);
        json.WriteString("state", State(run));
        json.WriteNumber("step", run.Step);
        json.WriteNumber("steps", run.Steps);
        JsonOutput.WriteReal(json, "loss", run.Loss);
        Write(json, "last", run.Last);
        Write(json, "best", run.Best);
        JsonOutput.WriteReal(json, "samplesPerSecond", run.SamplesPerSecond);
        JsonOutput.WriteReal(json, "peakMegabytes", run.PeakMegabytes);
    }

    private static void Write(Utf8JsonWriter json, string name, ValidationMetrics? validation)
    {
        if (validation is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        Write(json, validation);
        json.WriteEndObject();
    }

    /// <summary>The members of a measurement's JSON object.</summary>
    public static void Write(Utf8JsonWriter json, ValidationMetrics validation)
    {
        json.WriteNumber("step", validation.Step);
        JsonOutput.WriteReal(json, "psnr", validation.Psnr);
        JsonOutput.WriteReal(json, "ssim", validation.Ssim);
        JsonOutput.WriteReal(json, "rawPsnr", validation.RawPsnr);
        JsonOutput.WriteReal(json, "rawSsim", validation.RawSsim);
    }
}
