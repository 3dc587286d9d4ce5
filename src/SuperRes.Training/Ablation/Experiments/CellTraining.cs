using SuperRes.Training.Losses;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>What the recipes of all cells have in common; the options are those of a recipe.</summary>
public sealed record CellTraining
{
    /// <summary>What is trained on.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>Patches per step.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Patch sizes over the run.</summary>
    public IReadOnlyList<PatchStage> Patches { get; init; } = [new()];

    /// <summary>The losses, added up.</summary>
    public IReadOnlyList<Loss> Losses { get; init; } = [new L1Loss()];

    /// <summary>A second phase against a discriminator; its pretraining is a part of the budget's steps, and grows and shrinks with them.</summary>
    public AdversarialOptions? Adversarial { get; init; }

    /// <summary>The optimiser.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>Measuring on the way, which makes the curves; results come from the last step's averaged weights.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>Resuming.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>When to stop a run that goes wrong; it then counts as failed.</summary>
    public GuardOptions Guards { get; init; } = new();
}
