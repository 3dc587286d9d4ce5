using SuperRes.Networks;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>
/// A question put to training: every network, in every variant, at every scale and size of the data, once per seed, all
/// under one budget. Whatever is not named here is the same for all.
/// </summary>
public sealed record Experiment
{
    /// <summary>A short name; the folder's, unless another is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The report's title; the name where there is none.</summary>
    public string? Title { get; init; }

    /// <summary>The networks, each without attention.</summary>
    public required IReadOnlyList<NetworkOptions> Networks { get; init; }

    /// <summary>Scales that every network is made at; empty for each network's own.</summary>
    public IReadOnlyList<int> Scales { get; init; } = [];

    /// <summary>What is done to each network. The first is the reference that the others are held against.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    /// <summary>Pairs to compare; empty for every variant against the first.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>Sizes of the training data, as shares of each folder's images, above 0 and at most 1. Spread evenly: a share lies in every larger one whose number of images is a multiple of its own.</summary>
    public IReadOnlyList<double> DataShares { get; init; } = [1];

    /// <summary>One run of every cell per seed. From 5 on, an effect may be called significant.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1, 2, 3, 4, 5];

    /// <summary>What every cell may spend.</summary>
    public required Budget Budget { get; init; }

    /// <summary>How every cell is trained.</summary>
    public required CellTraining Training { get; init; }

    /// <summary>What the final weights are measured on; the first set is the one that questions are decided on.</summary>
    public required IReadOnlyList<TestSet> Test { get; init; }

    /// <summary>The protocol that questions are decided by: y, rgb, div2k or paper. All four are reported.</summary>
    public string Protocol { get; init; } = "y";

    /// <summary>Level of the intervals.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Images per network that the report shows, with attention laid over them; 0 for none.</summary>
    public int Pictures { get; init; } = 2;

    /// <summary>A search over hyper-parameters in place of the seeds; null for none.</summary>
    public SearchOptions? Search { get; init; }
}
