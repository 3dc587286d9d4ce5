namespace SuperRes.Evaluation.Statistics;

/// <summary>
/// How two ways of training differ, judged by the noise of training: one number per seed, the difference of the set's
/// mean between the two runs of that seed. Both runs of a seed see the same patches in the same order, so much of what
/// a seed does to a run falls out of the difference.
/// </summary>
public sealed record SeedDifference
{
    /// <summary>Seeds from which on a difference may be called significant; fewer get an interval and nothing more.</summary>
    public const int FewestForClaim = 5;

    /// <summary>Mean over the seeds of (variant - reference), in the measure's unit.</summary>
    public required double Mean { get; init; }

    /// <summary>How many seeds there are.</summary>
    public required int Seeds { get; init; }

    /// <summary>
    /// Standard deviation of the difference from one seed to another, with n - 1: the noise of training. Null with one seed.
    /// </summary>
    public double? SeedNoise { get; init; }

    /// <summary>Student's t interval of the mean over seeds; null with one seed.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Two-sided p of the paired t test, before correction for several questions; null below <see cref="FewestForClaim"/> seeds.</summary>
    public double? P { get; init; }

    /// <summary>Effect size over seeds; null with one seed or without noise.</summary>
    public EffectSize? Effect { get; init; }

    /// <summary>Judges differences, one per seed.</summary>
    /// <param name="differences">Variant minus reference, finite, at least one.</param>
    /// <param name="level">Level of the interval, such as 0.95.</param>
    internal static SeedDifference Of(ReadOnlySpan<double> differences, double level)
    {
        if (differences.IsEmpty)
        {
            throw new ArgumentException("There are no seeds to compare over.", nameof(differences));
        }

        var (mean, count) = (Sample.Mean(differences), differences.Length);
        if (count == 1)
        {
            return new SeedDifference { Mean = mean, Seeds = 1 };
        }

        var noise = Sample.StandardDeviation(differences);
        var error = noise / Math.Sqrt(count);
        var reach = StudentT.Critical(level, count - 1) * error;
        return new SeedDifference
        {
            Mean = mean,
            Seeds = count,
            SeedNoise = noise,
            Interval = new Interval(mean - reach, mean + reach),
            // Without noise t is infinite, or 0/0 where there is no difference either.
            P = count < FewestForClaim ? null : mean == 0 ? 1 : StudentT.TwoSided(mean / error, count - 1),
            Effect = EffectSize.Of(differences),
        };
    }
}
