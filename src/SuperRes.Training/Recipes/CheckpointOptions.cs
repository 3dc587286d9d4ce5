namespace SuperRes.Training.Recipes;

/// <summary>How often a run can be resumed from.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps between two checkpoints.</summary>
    public long Every { get; init; } = 500;

    /// <summary>The newest checkpoints that are kept.</summary>
    public int Keep { get; init; } = 3;
}
