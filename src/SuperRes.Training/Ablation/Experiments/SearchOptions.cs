using SuperRes.Networks.Architectures;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>A search over hyper-parameters. Trials are judged by the validation images only; the test sets are measured, and choose nothing.</summary>
public sealed record SearchOptions
{
    /// <summary>How trials are spent.</summary>
    public SearchKind Kind { get; init; } = SearchKind.Random;

    /// <summary>Settings drawn per network and variant.</summary>
    public int Trials { get; init; } = 16;

    /// <summary>Of successive halving: the best one in so many goes on, with so many times the steps.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>Seed of the draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Lowest and highest initial learning rate, drawn evenly on a logarithmic scale; empty to leave it.</summary>
    public IReadOnlyList<double> LearningRate { get; init; } = [];

    /// <summary>Reductions to draw from, for variants with channel attention; empty to leave it.</summary>
    public IReadOnlyList<int> Reduction { get; init; } = [];

    /// <summary>Placements to draw from, for variants with attention; empty to leave it.</summary>
    public IReadOnlyList<CbamPlacement> Placement { get; init; } = [];

    /// <summary>Batches to draw from; empty to leave it.</summary>
    public IReadOnlyList<int> Batch { get; init; } = [];

    /// <summary>Patch sizes to draw from, in low-resolution pixels; empty to leave them.</summary>
    public IReadOnlyList<int> Patch { get; init; } = [];
}
