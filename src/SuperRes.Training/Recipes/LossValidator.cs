using System.Text.Json;
using SuperRes.Training.Losses;
using static SuperRes.Training.Recipes.RecipeValidator;

namespace SuperRes.Training.Recipes;

/// <summary>Finds the faults of a recipe's losses and of its adversarial phase.</summary>
internal static class LossValidator
{
    public static IEnumerable<string> Losses(string key, IReadOnlyList<Loss> losses, bool hasDiscriminator) =>
    [
        .. Check(losses.Count > 0, $"'{key}' is empty, expected at least one"),
        .. losses.SelectMany((loss, i) => loss.Validate().Select(fault => $"'{key}[{i}]': {fault}")),
        .. hasDiscriminator ? [] : losses.SelectMany((loss, i) => Check(
            loss is not (AdversarialLoss or FeatureMatchingLoss), $"'{key}[{i}]' is {loss.Kind}, which needs a discriminator; put it under 'adversarial.losses'")),
    ];

    /// <summary>Where VGG-19 needs larger patches than the recipe cuts.</summary>
    public static IEnumerable<string> PatchesForLosses(Recipe recipe)
    {
        if (recipe.Patches.Count == 0 || recipe.Steps < 1)
        {
            return [];
        }

        return
        [
            .. recipe.Losses.SelectMany((loss, i) => PatchesFor($"losses[{i}]", loss, recipe.PatchSizes(1, recipe.LastPixelStep))),
            .. recipe.Adversarial?.Losses.SelectMany((loss, i) => PatchesFor($"adversarial.losses[{i}]", loss, recipe.PatchSizes(recipe.LastPixelStep + 1, recipe.Steps))) ?? [],
        ];

        IEnumerable<string> PatchesFor(string key, Loss loss, IReadOnlyList<int> sizes) => loss is VggLoss vgg && sizes.Count > 0 && sizes.Min() * recipe.Network.Scale is var side && vgg.SmallestPatch > side
            ? [$"'{key}' compares patches of {side} high-resolution pixels, and VGG-19's {JsonNamingPolicy.CamelCase.ConvertName(vgg.Layer.ToString())} needs {vgg.SmallestPatch}, expected larger ones in 'patches'"]
            : [];
    }

    public static IEnumerable<string> Adversarial(Recipe recipe, AdversarialOptions options) =>
    [
        .. Check(options.Pretraining >= 0 && options.Pretraining < recipe.Steps, $"'adversarial.pretraining' is {options.Pretraining}, expected 0 to below 'steps', {recipe.Steps}"),
        .. Losses("adversarial.losses", options.Losses, hasDiscriminator: true),
        .. Check(options.Losses.Any(loss => loss is AdversarialLoss), "'adversarial.losses' has no adversarial, expected one; without it there is no use for a discriminator"),
        .. Optimizer("adversarial.optimizer", options.Optimizer),
        .. Optimizer("adversarial.discriminator.optimizer", options.Discriminator.Optimizer),
        .. Patches(recipe, options),
    ];

    /// <summary>The discriminator halves the side four times: of this one a single value is left.</summary>
    private const int DeepestSide = 16;

    private static IEnumerable<string> Patches(Recipe recipe, AdversarialOptions options)
    {
        if (recipe.Patches.Count == 0 || options.Pretraining < 0 || options.Pretraining >= recipe.Steps)
        {
            return [];
        }

        var sizes = recipe.PatchSizes(options.Pretraining + 1, recipe.Steps);
        if (sizes is not [var size])
        {
            return [$"'patches' goes from {string.Join(" to ", sizes)} in the adversarial phase, expected one size there: the discriminator's dense layer fits one"];
        }

        string[] faults = [.. options.Discriminator.Network(size * recipe.Network.Scale).Validate().Select(fault => $"'adversarial.discriminator' on patches of {size} at x{recipe.Network.Scale}: {fault}")];
        return faults.Length > 0 ? faults : Check(
            recipe.Batch > 1 || size * recipe.Network.Scale > DeepestSide,
            $"'batch' is 1, and the discriminator's last batch norm sees one value of patches of {size} at x{recipe.Network.Scale}, expected 2 patches or larger ones");
    }
}
