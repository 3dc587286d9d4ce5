namespace SuperRes.Training.Optimization;

/// <summary>Multiplies the learning rate by a factor every so many steps: EDSR halves it every 200,000.</summary>
public sealed record StepDecaySchedule : LearningRateSchedule
{
    /// <summary>Steps between two decays.</summary>
    public long Every { get; init; } = 200_000;

    /// <summary>Factor of each decay.</summary>
    public double Factor { get; init; } = 0.5;

    /// <inheritdoc/>
    public override LearningRateSchedule Stretch(double factor) =>
        (StepDecaySchedule)base.Stretch(factor) with { Every = Math.Max(1, (long)Math.Round(Every * factor)) };

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        foreach (var fault in base.Validate())
        {
            yield return fault;
        }

        if (Every < 1)
        {
            yield return $"every is {Every}, expected at least 1 step";
        }

        if (!(Factor is > 0 and < 1))
        {
            yield return FormattableString.Invariant($"factor is {Factor}, expected above 0 and below 1");
        }
    }

    /// <inheritdoc/>
    protected override double Decayed(long step, long steps) => Initial * Math.Pow(Factor, (step - 1) / Every);
}
