using System.Globalization;
using SuperRes.Networks.Architectures;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Searching;

/// <summary>What one trial of a search draws; null is left as it is.</summary>
internal sealed record SearchDraw
{
    public double? LearningRate { get; init; }

    public int? Reduction { get; init; }

    public CbamPlacement? Placement { get; init; }

    public int? Batch { get; init; }

    public int? Patch { get; init; }

    /// <summary>The recipe with what was drawn; a network without attention has no use for a reduction or a placement.</summary>
    public Recipe ApplyTo(Recipe recipe) => CellRecipes.WithLearningRate(recipe, LearningRate) with
    {
        Network = recipe.Network.Attention is { } attention ? recipe.Network with { Attention = ApplyTo(attention) } : recipe.Network,
        Batch = Batch ?? recipe.Batch,
        Patches = Patch is { } patch ? [new PatchStage { Size = patch }] : recipe.Patches,
    };

    /// <summary>What was drawn for a recipe, in words: two trials of which the same is said are the same training.</summary>
    /// <param name="recipe">The recipe with it.</param>
    public string Describe(Recipe recipe)
    {
        var words = new List<string>();
        if (LearningRate is { } rate)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"learning rate {rate:G3}"));
        }

        if (recipe.Network.Attention is { } attention)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"reduction {attention.Reduction}, placement {attention.Placement}"));
        }

        if (Batch is { } batch)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"batch {batch}"));
        }

        if (Patch is { } patch)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"patch {patch}"));
        }

        return string.Join(", ", words);
    }

    private CbamOptions ApplyTo(CbamOptions attention) => attention with
    {
        Reduction = attention.Channel ? Reduction ?? attention.Reduction : attention.Reduction,
        Placement = Placement ?? attention.Placement,
    };
}
