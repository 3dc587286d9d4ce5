using System.Globalization;
using SuperRes.Training.Ablation.Searching;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>What reports say of an experiment, in words.</summary>
internal static class ExperimentText
{
    /// <summary>What is kept equal between the variants.</summary>
    public static string Budget(Experiment experiment) => (experiment.Search is { } search ? Search(experiment, search) : string.Create(CultureInfo.InvariantCulture, $"{experiment.Budget.Steps:N0} steps of {experiment.Training.Batch} patches")) + experiment.Budget.Kind switch
    {
        BudgetKind.Time => " for the first variant; the others have the steps that take the same time",
        BudgetKind.Macs => " for the first variant; the others have the steps that make the same multiply-accumulates",
        _ => experiment.Search is null ? " for every run" : "",
    } + (experiment.Training.Adversarial is { } adversarial ? string.Create(CultureInfo.InvariantCulture, $"; of {experiment.Budget.Steps:N0} steps the first {adversarial.Pretraining:N0} are without a discriminator") : "");

    /// <summary>The training images' folders, with their licence.</summary>
    public static string Data(Experiment experiment)
    {
        var data = experiment.Training.Data;
        var folders = string.Join(", ", data.Train.Select(source =>
            Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Path)) + (source.Shrink == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (shrunk by {source.Shrink})"))));
        return data.Licence is null ? folders : $"{folders}: {data.Licence}";
    }

    private static string Search(Experiment experiment, SearchOptions search)
    {
        var trials = string.Create(CultureInfo.InvariantCulture, $"{search.Trials} trials for each network and variant");
        var steps = SearchPlanner.Steps(search, experiment.Budget.Steps).Select(steps => steps.ToString("N0", CultureInfo.InvariantCulture)).ToArray();
        return steps.Length == 1
            ? $"{trials} of {steps[0]} steps"
            : $"{trials} of {steps[0]} steps; the best one in {search.Keep} of them anew with {string.Join(", of those with ", steps[1..])}";
    }
}
