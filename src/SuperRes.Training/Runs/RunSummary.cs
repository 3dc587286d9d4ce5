using SuperRes.Evaluation.Statistics;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Runs;

/// <summary>A run in a few numbers.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Name">The recipe's name.</param>
/// <param name="Network">The network's options as one line of JSON.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Step">The last step that is on record; steps behind the newest checkpoint are done again by a resume.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Mean loss of the last record; null before the first.</param>
/// <param name="Last">The last measurement on the validation images; null where there is none.</param>
/// <param name="Best">The measurement of <see cref="RunFolder.BestModelPath"/>; null where there is none.</param>
/// <param name="SamplesPerSecond">Median over the records of patches per second; null before the first.</param>
/// <param name="PeakMegabytes">Largest resident memory on record, in MB; null before the first.</param>
public sealed record RunSummary(
    string Folder,
    string Name,
    string Network,
    RunState State,
    long Step,
    long Steps,
    double? Loss,
    ValidationMetrics? Last,
    ValidationMetrics? Best,
    double? SamplesPerSecond,
    double? PeakMegabytes)
{
    /// <summary>Sums up a run from its folder.</summary>
    public static RunSummary Of(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var (metrics, validations) = (folder.Metrics, folder.Validations);
        return new RunSummary(
            folder.Root,
            folder.Recipe.Name,
            folder.Recipe.Network.ToJson(),
            folder.State,
            Math.Max(metrics.LastOrDefault()?.Step ?? 0, folder.NewestCheckpoint),
            folder.Recipe.Steps,
            metrics.LastOrDefault()?.Loss,
            validations.LastOrDefault(),
            BestOf(folder.Recipe, validations),
            metrics.Count == 0 ? null : Sample.Median([.. metrics.Select(record => record.SamplesPerSecond)]),
            metrics.Count == 0 ? null : metrics.Max(record => record.MemoryMegabytes));
    }

    /// <summary>With the adversarial phase a new network begins, whose PSNR is lower by its nature.</summary>
    private static ValidationMetrics? BestOf(Recipe recipe, IReadOnlyList<ValidationMetrics> validations)
    {
        var adversarial = validations.Where(validation => validation.Step > recipe.LastPixelStep).ToList();
        return (adversarial.Count > 0 ? adversarial : validations).MaxBy(recipe.Validation.Score);
    }
}
