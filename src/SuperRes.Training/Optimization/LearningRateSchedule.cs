using System.Text.Json.Serialization;

namespace SuperRes.Training.Optimization;

/// <summary>The learning rate as a pure function of the step, so that a resumed run needs no scheduler state.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(StepDecaySchedule), "step")]
[JsonDerivedType(typeof(CosineSchedule), "cosine")]
public abstract record LearningRateSchedule
{
    /// <summary>Learning rate after the warm-up.</summary>
    public double Initial { get; init; } = 1e-4;

    /// <summary>Steps over which the rate rises linearly from near 0; 0 for none.</summary>
    public long WarmUp { get; init; }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">From 1 to <paramref name="steps"/>.</param>
    /// <param name="steps">Length of the run.</param>
    public double At(long step, long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var warm = WarmUp > 0 && step <= WarmUp ? (double)step / WarmUp : 1;
        return warm * Decayed(step, steps);
    }

    /// <summary>The same course for a run that is so many times as long: what is counted in steps grows and shrinks with it.</summary>
    /// <param name="factor">The run's length over that which this schedule was written for; above 0.</param>
    public virtual LearningRateSchedule Stretch(double factor) => this with { WarmUp = (long)Math.Round(WarmUp * factor) };

    /// <summary>Every fault, in words.</summary>
    public virtual IEnumerable<string> Validate()
    {
        if (!(Initial is > 0 and < 1))
        {
            yield return FormattableString.Invariant($"initial is {Initial}, expected above 0 and below 1");
        }

        if (WarmUp < 0)
        {
            yield return $"warmUp is {WarmUp}, expected 0 or more steps";
        }
    }

    /// <summary>The rate without warm-up.</summary>
    protected abstract double Decayed(long step, long steps);
}
