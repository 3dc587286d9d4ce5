namespace SuperRes.Training.Recipes;

/// <summary>A part of a run with one patch size. Small patches first cost less while the network learns what is easy.</summary>
public sealed record PatchStage
{
    /// <summary>Side of the patches in low-resolution pixels.</summary>
    public int Size { get; init; } = 24;

    /// <summary>Share of the run's steps that this stage takes; the stages' shares add up to 1.</summary>
    public double Share { get; init; } = 1;
}
