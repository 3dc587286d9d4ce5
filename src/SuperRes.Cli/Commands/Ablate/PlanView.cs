using System.Globalization;
using SuperRes.Cli.CommandLine;
using SuperRes.Training.Ablation;

namespace SuperRes.Cli.Commands.Ablate;

/// <summary>Shows what an experiment is about to do.</summary>
internal static class PlanView
{
    public static void Show(CommandContext context, AblationStudy study)
    {
        if (context.Quiet)
        {
            return;
        }

        var table = new TextTable("network", "variant", ">parameters", ">MACs/pixel", ">engine ms", ">ms/step", ">steps");
        foreach (var arm in study.Plan.Arms)
        {
            table.Add(
                NetworkName(arm.Network), arm.Variant,
                Text($"{arm.Parameters:N0}"), Text($"{arm.MacsPerPixel:N0}"), Text($"{arm.EngineMilliseconds:F2}"), Text($"{arm.StepMilliseconds:F1}"), Text($"{arm.Steps:N0}"));
        }

        table.WriteTo(context.Terminal.Error);
        var (all, done) = (study.Cells.Count, study.Cells.Count(study.IsDone));
        var rungs = study.Experiment.Search is null ? "" : " in the first rung";
        context.Message(Text($"{study.Experiment.Name}: {all} runs{rungs}{(done > 0 ? $", {done} of them done" : "")}; about {Duration(study.EstimateLeft())} of training on this machine"));
    }

    /// <summary>With days, because an experiment may take some.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalDays >= 1 ? Text($"{time.TotalDays:F1} days") : time.TotalHours >= 1 ? Text($"{time.TotalHours:F1} hours") : time.TotalMinutes >= 2 ? Text($"{time.TotalMinutes:F0} minutes") : Text($"{time.TotalSeconds:F0} seconds");

    private static string NetworkName(Networks.NetworkOptions network) => $"{network.Architecture}{(network.Attention is null ? "" : "-cbam")}-x{network.Scale}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
