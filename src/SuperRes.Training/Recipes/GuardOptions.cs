namespace SuperRes.Training.Recipes;

/// <summary>When a run that goes wrong stops.</summary>
public sealed record GuardOptions
{
    /// <summary>
    /// Batches that are left out because their loss or a gradient is not finite, in the whole run, before it stops;
    /// 0 to stop at the first.
    /// </summary>
    public int Skip { get; init; }

    /// <summary>The run stops where the mean loss of a record is more than this many times the lowest of its phase; 0 for never.</summary>
    public double Divergence { get; init; }
}
