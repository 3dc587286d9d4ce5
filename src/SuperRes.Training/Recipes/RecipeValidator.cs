using SuperRes.Metrics;

namespace SuperRes.Training.Recipes;

/// <summary>Finds every fault of a recipe before a long run starts.</summary>
internal static class RecipeValidator
{
    public static IEnumerable<string> Validate(Recipe recipe) =>
    [
        .. Check(IsFileName(recipe.Name), $"'name' is '{recipe.Name}', expected a name that can be a folder's"),
        .. Check(recipe.Steps >= 1, $"'steps' is {recipe.Steps}, expected at least 1"),
        .. Check(recipe.Batch is >= 1 and <= 4096, $"'batch' is {recipe.Batch}, expected 1 to 4096"),
        .. recipe.Network.Validate().Select(fault => $"'network': {fault}"),
        .. Data(recipe.Data),
        .. Patches(recipe.Patches),
        .. LossValidator.Losses("losses", recipe.Losses, hasDiscriminator: false),
        .. LossValidator.PatchesForLosses(recipe),
        .. Optimizer("optimizer", recipe.Optimizer),
        .. recipe.Adversarial is { } adversarial ? LossValidator.Adversarial(recipe, adversarial) : [],
        .. Check(recipe.Initial is null || recipe.Initial.Trim().Length > 0, "'initial' is empty, expected the path of a file of weights"),
        .. Check(recipe.Guards.Skip >= 0, $"'guards.skip' is {recipe.Guards.Skip}, expected 0 or more"),
        .. Check(recipe.Guards.Divergence == 0 || (recipe.Guards.Divergence > 1 && double.IsFinite(recipe.Guards.Divergence)), FormattableString.Invariant($"'guards.divergence' is {recipe.Guards.Divergence}, expected 0, or above 1")),
        .. Check(recipe.Validation.Path?.Trim().Length != 0, "'validation.path' is empty, expected a folder, or null for no validation"),
        .. Check(!string.IsNullOrWhiteSpace(recipe.Validation.Track), "'validation.track' is empty, expected the name of low-resolution images, such as bicubic"),
        .. Check(recipe.Validation.Every >= 1, $"'validation.every' is {recipe.Validation.Every}, expected at least 1 step"),
        .. Check(recipe.Validation.First >= 0, $"'validation.first' is {recipe.Validation.First}, expected 0 or more"),
        .. Check(recipe.Validation.Samples >= 0, $"'validation.samples' is {recipe.Validation.Samples}, expected 0 or more"),
        .. Protocol("validation.protocol", recipe.Validation.Protocol),
        .. Check(recipe.Checkpoints.Every >= 1, $"'checkpoints.every' is {recipe.Checkpoints.Every}, expected at least 1 step"),
        .. Check(recipe.Checkpoints.Keep >= 2, $"'checkpoints.keep' is {recipe.Checkpoints.Keep}, expected at least 2, so that a torn one has a predecessor"),
    ];

    private static IEnumerable<string> Data(DataOptions data) =>
    [
        .. Check(data.Train.Count > 0, "'data.train' is empty, expected at least one folder"),
        .. data.Train.SelectMany((source, i) => Check(source.Path.Trim().Length > 0, $"'data.train[{i}].path' is empty, expected a folder")),
        .. data.Train.SelectMany((source, i) => Check(double.IsFinite(source.Shrink) && source.Shrink >= 1, FormattableString.Invariant($"'data.train[{i}].shrink' is {source.Shrink}, expected 1 or more"))),
        .. data.Train.SelectMany((source, i) => Check(source.First >= 0, $"'data.train[{i}].first' is {source.First}, expected 0 or more")),
        .. data.Train.SelectMany((source, i) => Check(source.Fraction is > 0 and <= 1, FormattableString.Invariant($"'data.train[{i}].fraction' is {source.Fraction}, expected above 0 and at most 1"))),
        .. data.Degradation is null ? [] : DegradationValidator.Validate(data.Degradation),
        .. Check(data.CacheMegabytes >= 1, $"'data.cacheMegabytes' is {data.CacheMegabytes}, expected at least 1"),
        .. Check(data.Workers is >= 1 and <= 64, $"'data.workers' is {data.Workers}, expected 1 to 64"),
    ];

    private static IEnumerable<string> Patches(IReadOnlyList<PatchStage> stages)
    {
        var sum = stages.Sum(stage => stage.Share);
        return
        [
            .. Check(stages.Count > 0, "'patches' is empty, expected at least one stage"),
            .. stages.SelectMany((stage, i) => Check(stage.Size is >= 4 and <= 512, $"'patches[{i}].size' is {stage.Size}, expected 4 to 512 low-resolution pixels")),
            .. stages.SelectMany((stage, i) => Check(stage.Share is > 0 and <= 1, FormattableString.Invariant($"'patches[{i}].share' is {stage.Share}, expected above 0 and at most 1"))),
            .. Check(stages.Count == 0 || Math.Abs(sum - 1) < 1e-9, FormattableString.Invariant($"the shares of 'patches' add up to {sum}, expected 1")),
        ];
    }

    internal static IEnumerable<string> Optimizer(string key, OptimizerOptions optimizer) =>
    [
        .. optimizer.LearningRate.Validate().Select(fault => $"'{key}.learningRate': {fault}"),
        .. Check(optimizer.Beta1 is >= 0 and < 1, FormattableString.Invariant($"'{key}.beta1' is {optimizer.Beta1}, expected 0 to below 1")),
        .. Check(optimizer.Beta2 is >= 0 and < 1, FormattableString.Invariant($"'{key}.beta2' is {optimizer.Beta2}, expected 0 to below 1")),
        .. Check(optimizer.WeightDecay is >= 0 and < 1, FormattableString.Invariant($"'{key}.weightDecay' is {optimizer.WeightDecay}, expected 0 to below 1")),
        .. Check(optimizer.ClipNorm >= 0 && double.IsFinite(optimizer.ClipNorm), FormattableString.Invariant($"'{key}.clipNorm' is {optimizer.ClipNorm}, expected 0 or more")),
        .. Check(optimizer.AverageDecay is >= 0 and < 1, FormattableString.Invariant($"'{key}.averageDecay' is {optimizer.AverageDecay}, expected 0 to below 1")),
    ];

    internal static IEnumerable<string> Protocol(string key, string name)
    {
        string[] known = [.. Protocols.All.Select(protocol => protocol.Name)];
        return Check(known.Contains(name, StringComparer.Ordinal), $"'{key}' is '{name}', expected one of {string.Join(", ", known)}{NearestName.Hint(name, known)}");
    }

    /// <summary>Whether a name can be a folder's.</summary>
    internal static bool IsFileName(string name) => !string.IsNullOrWhiteSpace(name) && name is not ("." or "..") && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0;

    internal static IEnumerable<string> Check(bool holds, string fault) => holds ? [] : [fault];
}
