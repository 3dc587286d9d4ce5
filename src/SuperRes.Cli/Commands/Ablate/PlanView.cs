using System.Globalization;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Training.Ablation;

namespace SuperRes.Cli.Commands.Ablate;

/// <summary>Shows what an experiment is about to do.</summary>
internal static class PlanView
{
    /// <summary>The plan as the command's result.</summary>
    public static void Print(CommandContext context, AblationStudy study)
    {
        if (context.Json)
        {
            context.WriteJson(json => Write(json, study));
        }
        else
        {
            Write(context.Output, study);
        }
    }

    /// <summary>The plan as a message, before the work.</summary>
    public static void Show(CommandContext context, AblationStudy study)
    {
        if (!context.Quiet)
        {
            Write(context.Terminal.Error, study);
        }
    }

    /// <summary>With days, because an experiment may take some.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalDays >= 1 ? Text($"{time.TotalDays:F1} days") : time.TotalHours >= 1 ? Text($"{time.TotalHours:F1} hours") : time.TotalMinutes >= 2 ? Text($"{time.TotalMinutes:F0} minutes") : Text($"{time.TotalSeconds:F0} seconds");

    private static void Write(TextWriter output, AblationStudy study)
    {
        var table = new TextTable("network", "variant", ">parameters", ">MACs/input px", ">engine ms", ">ms/step", ">steps");
        foreach (var arm in study.Plan.Arms)
        {
            table.Add(
                study.NameOf(arm), arm.Variant,
                Text($"{arm.Parameters:N0}"), Text($"{arm.MacsPerPixel:N0}"), Text($"{arm.EngineMilliseconds:F2}"), Text($"{arm.StepMilliseconds:F1}"), Text($"{arm.Steps:N0}"));
        }

        table.WriteTo(output);
        var (all, done, later) = (study.Cells.Count, study.Cells.Count(study.IsDone), study.Later.Count);
        output.WriteLine(Text($"{study.Experiment.Name}: {(later > 0 ? "at most " : "")}{Counted.Of(all + later, "run")}{(done > 0 ? $", {done} of them done" : "")}; about {Duration(study.EstimateLeft())} of training on this machine"));
    }

    private static void Write(Utf8JsonWriter json, AblationStudy study)
    {
        json.WriteStartObject();
        json.WriteString("experiment", study.Experiment.Name);
        json.WriteStartArray("arms");
        foreach (var arm in study.Plan.Arms)
        {
            json.WriteStartObject();
            json.WriteString("network", study.NameOf(arm));
            json.WriteString("variant", arm.Variant);
            json.WriteNumber("parameters", arm.Parameters);
            json.WriteNumber("macsPerPixel", arm.MacsPerPixel);
            json.WriteNumber("engineMilliseconds", arm.EngineMilliseconds);
            json.WriteNumber("stepMilliseconds", arm.StepMilliseconds);
            json.WriteNumber("steps", arm.Steps);
            if (arm.TimeRatio is { } ratio)
            {
                json.WriteString("asSlowAs", arm.AsSlowAs);
                json.WriteNumber("timeRatio", ratio);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("runs", study.Cells.Count + study.Later.Count);
        json.WriteNumber("done", study.Cells.Count(study.IsDone));
        json.WriteNumber("secondsLeft", Math.Round(study.EstimateLeft().TotalSeconds));
        json.WriteEndObject();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
