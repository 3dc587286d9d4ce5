namespace SuperRes.Training.Optimization;

/// <summary>Half a cosine from the initial rate to the final one (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts).</summary>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <summary>Learning rate of the last step.</summary>
    public double Final { get; init; } = 1e-7;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        foreach (var fault in base.Validate())
        {
            yield return fault;
        }

        if (!(Final >= 0 && Final <= Initial))
        {
            yield return FormattableString.Invariant($"final is {Final}, expected 0 to {Initial}");
        }
    }

    /// <inheritdoc/>
    protected override double Decayed(long step, long steps)
    {
        // The warm-up is part of the cosine's first steps, so that the rate has no kink where it ends.
        var share = steps <= 1 ? 1 : Math.Clamp((double)(step - 1) / (steps - 1), 0, 1);
        return Final + ((Initial - Final) * (1 + Math.Cos(Math.PI * share)) / 2);
    }
}
