namespace SuperRes.Training.Recipes;

/// <summary>What a run is trained on.</summary>
public sealed record DataOptions
{
    /// <summary>Folders of high-resolution training images, relative to the working folder.</summary>
    public IReadOnlyList<DataSource> Train { get; init; } = [];

    /// <summary>Licence of the images, and with it what the trained weights may be used for; written into the model files.</summary>
    public string? Licence { get; init; }

    /// <summary>How low-resolution patches are degraded beyond bicubic reduction; null for that alone.</summary>
    public DegradationOptions? Degradation { get; init; }

    /// <summary>Decoded pixels kept in memory, in MB; beyond it, the images unused for longest are decoded again when needed.</summary>
    public int CacheMegabytes { get; init; } = 4096;

    /// <summary>Threads that prepare batches ahead of the trainer.</summary>
    public int Workers { get; init; } = 1;
}
