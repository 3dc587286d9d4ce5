namespace SuperRes.Training.Ablation.Running;

/// <summary>How claims are kept alive.</summary>
public sealed record ClaimOptions
{
    /// <summary>Time between two heartbeats.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A claim without a heartbeat for so long, by the watcher's own clock, is taken over.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(90);
}
