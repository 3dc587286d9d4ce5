using SuperRes.Networks;
using SuperRes.Training.Losses;

namespace SuperRes.Training.Recipes;

/// <summary>Everything that decides what a training run computes. With the same data and code, the same recipe gives the same weights, bit for bit.</summary>
public sealed record Recipe
{
    /// <summary>A short name; the run folder's, unless another is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The network that is trained.</summary>
    public required NetworkOptions Network { get; init; }

    /// <summary>What it is trained on.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>Optimiser steps in all.</summary>
    public required long Steps { get; init; }

    /// <summary>Patches per step.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Patch sizes over the run.</summary>
    public IReadOnlyList<PatchStage> Patches { get; init; } = [new()];

    /// <summary>The losses, added up. Where a network has several outputs (LapSRN's pyramid), each is supervised.</summary>
    public IReadOnlyList<Loss> Losses { get; init; } = [new L1Loss()];

    /// <summary>A second phase against a discriminator; null for none.</summary>
    public AdversarialOptions? Adversarial { get; init; }

    /// <summary>
    /// A file of weights to start from (a model, or tensors as safetensors or .pth): what has the name and shape of one
    /// of the network's parameters is taken, the rest is drawn as usual. Null to draw all.
    /// </summary>
    public string? Initial { get; init; }

    /// <summary>The optimiser.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>Measuring on the way.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>Resuming.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>When to stop a run that goes wrong.</summary>
    public GuardOptions Guards { get; init; } = new();

    /// <summary>Seed of the initial weights and of the patches.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The last step before the discriminator takes part; the run's last where none does.</summary>
    internal long LastPixelStep => Adversarial?.Pretraining ?? Steps;

    /// <summary>The side of the patches, in low-resolution pixels, at a step from 1.</summary>
    public int PatchSizeAt(long step)
    {
        foreach (var (_, last, size) in PatchStages())
        {
            if (step <= last)
            {
                return size;
            }
        }

        return Patches[^1].Size;
    }

    /// <summary>Every side that patches have from a step to another.</summary>
    internal IReadOnlyList<int> PatchSizes(long first, long last) =>
        [.. PatchStages().Where(stage => stage.First <= last && stage.Last >= first).Select(stage => stage.Size).Distinct()];

    /// <summary>The first and last step of every stage that has steps, and the side of its patches.</summary>
    private IEnumerable<(long First, long Last, int Size)> PatchStages()
    {
        double share = 0;
        long before = 0;
        foreach (var (i, stage) in Patches.Index())
        {
            share += stage.Share;
            var last = i == Patches.Count - 1 ? Steps : Math.Min((long)Math.Round(share * Steps), Steps);
            if (last > before)
            {
                yield return (before + 1, last, stage.Size);
            }

            before = last;
        }
    }
}
