using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Statistics;

/// <summary>How intervals are made; part of every report, so that they can be made again.</summary>
public sealed record BootstrapOptions
{
    /// <summary>The share of repeated experiments whose interval would hold the true mean, inside (0, 1).</summary>
    [JsonRequired]
    public double Level { get; init; } = 0.95;

    /// <summary>
    /// How often the images are drawn again. At 10,000 the ends of a 95 % interval move by about 1 % of its width from
    /// one seed to another (Efron and Tibshirani 1993, chapter 19, ask for at least 1,000).
    /// </summary>
    [JsonRequired]
    public int Resamples { get; init; } = 10_000;

    /// <summary>Seed of the draws: the same values under the same seed give the same interval on every machine.</summary>
    [JsonRequired]
    public ulong Seed { get; init; } = 1;

    /// <summary>Every fault in plain words; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Level is not (> 0 and < 1))
        {
            faults.Add(FormattableString.Invariant($"The level is {Level}; it must lie between 0 and 1, such as 0.95."));
        }

        if (Resamples < 100)
        {
            faults.Add(FormattableString.Invariant($"There are {Resamples} resamples; the ends of an interval need at least 100."));
        }

        return faults;
    }
}
