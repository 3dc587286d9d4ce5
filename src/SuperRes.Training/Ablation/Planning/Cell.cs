using SuperRes.Networks;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>One run of an experiment.</summary>
/// <param name="Name">Unique in the experiment, and its folder's name.</param>
/// <param name="Label">The network, scale and size of the data: "ESPCN x4".</param>
/// <param name="Variant">The variant's name.</param>
/// <param name="Recipe">What is trained.</param>
public sealed record Cell(string Name, string Label, string Variant, Recipe Recipe)
{
    /// <summary>What a search drew for this run; null elsewhere.</summary>
    public string? Setting { get; init; }

    /// <summary>Milliseconds of a step, as planned.</summary>
    public required double StepMilliseconds { get; init; }

    /// <summary>The seed.</summary>
    public ulong Seed => Recipe.Seed;

    /// <summary>The network.</summary>
    public NetworkOptions Network => Recipe.Network;
}
