using static SuperRes.Training.Recipes.RecipeValidator;

namespace SuperRes.Training.Recipes;

/// <summary>Finds the faults of degradations.</summary>
internal static class DegradationValidator
{
    public static IEnumerable<string> Validate(DegradationOptions options) =>
    [
        .. Check(options.Stages.Count is >= 1 and <= 4, $"'data.degradation.stages' has {options.Stages.Count}, expected 1 to 4"),
        .. Share("data.degradation.finalSinc", options.FinalSinc),
        .. options.Stages.SelectMany((stage, i) => Stage($"data.degradation.stages[{i}]", stage)),
    ];

    private static IEnumerable<string> Stage(string key, DegradationStage stage) =>
    [
        .. Share($"{key}.blur", stage.Blur),
        .. Range($"{key}.blurSigma", stage.BlurSigma, 0.1, 10),
        .. Share($"{key}.sinc", stage.Sinc),
        .. Share($"{key}.enlarge", stage.Enlarge),
        .. Share($"{key}.reduce", stage.Reduce),
        .. Check(stage.Enlarge + stage.Reduce <= 1, FormattableString.Invariant($"'{key}.enlarge' and 'reduce' add up to {stage.Enlarge + stage.Reduce}, expected at most 1")),
        .. Range($"{key}.resize", stage.Resize, 0.05, 4),
        .. Check(stage.Resize.Count != 2 || (stage.Resize[0] <= 1 && stage.Resize[1] >= 1), $"'{key}.resize' does not have 1 between its numbers, expected a factor to reduce by and one to enlarge by"),
        .. Range($"{key}.noise", stage.Noise, 0, 100),
        .. Range($"{key}.shotNoise", stage.ShotNoise, 0, 10),
        .. Share($"{key}.shot", stage.Shot),
        .. Share($"{key}.grayNoise", stage.GrayNoise),
        .. stage.Jpeg.Count == 0 ? [] : Range($"{key}.jpeg", stage.Jpeg, 1, 100),
    ];

    private static IEnumerable<string> Share(string key, double value) =>
        Check(value is >= 0 and <= 1, FormattableString.Invariant($"'{key}' is {value}, expected 0 to 1"));

    private static IEnumerable<string> Range(string key, IReadOnlyList<double> range, double least, double most) =>
        Check(
            range.Count == 2 && range[0] >= least && range[0] <= range[1] && range[1] <= most,
            FormattableString.Invariant($"'{key}' is [{string.Join(", ", range.Select(value => FormattableString.Invariant($"{value}")))}], expected two numbers that don't fall, from {least} to {most}"));
}
