namespace SuperRes.Training.Optimization;

/// <summary>The same learning rate from the warm-up to the end.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double Decayed(long step, long steps) => Initial;
}
