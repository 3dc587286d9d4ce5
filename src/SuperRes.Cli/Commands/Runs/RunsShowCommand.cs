using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Training;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Cli.Commands.Runs;

/// <summary><c>superres runs show</c>: one run's recipe, numbers and curves.</summary>
internal static class RunsShowCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The run's folder." };
        var command = new Command("show", "One run: its recipe, its numbers, and its curves.") { folder, CommonOptions.Json() };
        return command.Handle((context, _) =>
        {
            Show(context, RunFinder.Open(context.Get(folder)!));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Show(CommandContext context, RunFolder run)
    {
        try
        {
            if (context.Json)
            {
                context.WriteJson(json => Write(json, run));
            }
            else
            {
                Write(context.Output, run);
            }
        }
        catch (TrainingException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    private static void Write(TextWriter output, RunFolder run)
    {
        var (summary, recipe, manifest) = (RunSummary.Of(run), run.Recipe, run.Manifest);
        output.WriteLine($"{summary.Name}: {RunText.State(summary)}, {RunText.Steps(summary)} steps");
        output.WriteLine();
        Line(output, "network", summary.Network);
        Line(output, "data", $"{Counted.Of(manifest.Images.Count, "image")} of {string.Join(", ", recipe.Data.Train.Select(source => source.Path))}");
        Line(output, "batches", $"{recipe.Batch} patches of {string.Join(", then ", recipe.Patches.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Size}x{stage.Size}")))} low-resolution pixels");
        Line(output, "started", string.Create(CultureInfo.InvariantCulture, $"{manifest.Started:yyyy-MM-dd HH:mm:ss} UTC, SuperRes {manifest.CodeVersion}, {(manifest.Device is { } device ? device + " of " : "")}{manifest.Machine}"));
        Line(output, "speed", $"{RunText.Speed(summary)} patches/s, at most {RunText.Memory(summary)}");
        output.WriteLine();
        // Logarithmic: the first records would flatten all others.
        Line(output, "loss", $"{RunText.Loss(summary)}  {Sparkline.Of(run.Metrics.Select(record => Math.Log(record.Loss)))}");
        if (summary.Last is not null)
        {
            Line(output, "PSNR", $"{RunText.Psnr(summary.Last)} dB  {Sparkline.Of(run.Validations.Select(validation => validation.Psnr))}  best {RunText.Psnr(summary.Best)} at step {RunText.Step(summary.Best)}");
            Line(output, "SSIM", $"{RunText.Ssim(summary.Last)}  {Sparkline.Of(run.Validations.Select(validation => validation.Ssim))}");
            Line(output, "measured on", $"{recipe.Validation.Path}, track {recipe.Validation.Track}, protocol {recipe.Validation.Protocol}");
        }

        if (summary.State == RunState.Stopped)
        {
            output.WriteLine();
            output.WriteLine($"To go on: superres train --resume --run {ShellText.Quote(run.Root)}");
        }
    }

    private static void Line(TextWriter output, string name, string value) => output.WriteLine($"{name,-12}{value}");

    private static void Write(Utf8JsonWriter json, RunFolder run)
    {
        json.WriteStartObject();
        RunText.Write(json, RunSummary.Of(run));
        json.WritePropertyName("recipe");
        json.WriteRawValue(RecipeFile.ToJson(run.Recipe));
        json.WriteString("started", run.Manifest.Started);
        json.WriteString("codeVersion", run.Manifest.CodeVersion);
        json.WriteString("machine", run.Manifest.Machine);
        json.WriteString("dataHash", run.Manifest.DataHash);
        json.WriteStartArray("validations");
        foreach (var validation in run.Validations)
        {
            json.WriteStartObject();
            RunText.Write(json, validation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
