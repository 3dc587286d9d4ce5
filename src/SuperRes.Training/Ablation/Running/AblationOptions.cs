using SuperRes.Training.Ablation.Planning;

namespace SuperRes.Training.Ablation.Running;

/// <summary>How an experiment is worked on here; of it only the device changes results, by rounding.</summary>
public sealed record AblationOptions
{
    /// <summary>Cells at a time; on the processor at most one for each thread.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Threads of all cells together; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Where networks are trained; null for the processor. Part of the plan, because another device gives other bits.</summary>
    public ITrainingDevice? Device { get; init; }

    /// <summary>Which part of the cells is worked on, from 1.</summary>
    public int Shard { get; init; } = 1;

    /// <summary>Into how many parts the cells are split; with more than one, nobody waits for the others' cells.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Reports of the same experiment, whose runs are taken as they are and not trained again. A run has no weights then: it can't be measured on further sets or shown in pictures.</summary>
    public IReadOnlyList<KnownReport> Reports { get; init; } = [];

    /// <summary>How claims are kept.</summary>
    public ClaimOptions Claims { get; init; } = new();

    /// <summary>Threads of all cells together, at least 1.</summary>
    internal int AllThreads => Threads == 0 ? Environment.ProcessorCount : Threads;

    /// <summary>Cells that are worked on at a time.</summary>
    internal int Lanes => DeviceName == "cpu" ? Math.Min(Jobs, AllThreads) : Jobs;

    /// <summary>Threads of one cell, at least 1.</summary>
    public int ThreadsPerJob => Math.Max(1, AllThreads / Jobs);

    /// <summary>The device's name.</summary>
    internal string DeviceName => Device?.Name ?? "cpu";

    /// <summary>This process's part of the cells.</summary>
    internal IReadOnlyList<Cell> PartOf(IReadOnlyList<Cell> cells) => Shards == 1 ? cells : [.. cells.Where((_, i) => i % Shards == Shard - 1)];
}
