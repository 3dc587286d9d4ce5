using System.Globalization;

namespace SuperRes.Evaluation.Statistics;

/// <summary>What the numbers say on a question, in a sentence that needs no statistics to read.</summary>
internal static class Answer
{
    /// <summary>Writes the sentence.</summary>
    /// <param name="variant">What was changed: "CBAM".</param>
    /// <param name="subject">What it was changed in, and against what: "ESPCN x4".</param>
    /// <param name="unit">Unit with a leading space (" dB"), or empty.</param>
    /// <param name="seeds">The difference over seeds.</param>
    /// <param name="overSeeds">p over seeds after Holm's correction; null where there is none.</param>
    /// <param name="overImages">p over seeds and images after Holm's correction; null with too few images for one.</param>
    /// <param name="level">Level of the intervals; the rest of 1 is the share of false finds, over all questions together, that is put up with.</param>
    public static string Sentence(string variant, string subject, string unit, SeedDifference seeds, double? overSeeds, double? overImages, double level = 0.95)
    {
        var digits = Digits(seeds);
        var change = $"{variant} changes {subject} by {Signed(seeds.Mean, digits)}{unit}";
        if (seeds is not { Interval: { } interval, SeedNoise: { } noise })
        {
            return $"{change} in one seed: without a second one, nothing tells this from the noise of training.";
        }

        change += string.Create(
            CultureInfo.InvariantCulture,
            $" [{Signed(interval.Low, digits)}, {Signed(interval.High, digits)}] over {seeds.Seeds} seeds; seed noise is {noise.ToString($"F{digits}", CultureInfo.InvariantCulture)}{unit}: ");
        return change + (seeds.Seeds < SeedDifference.FewestForClaim
            ? $"too few seeds to claim an effect (it takes {SeedDifference.FewestForClaim})."
            : Verdict(seeds, overSeeds < 1 - level, overImages is null ? null : overImages < 1 - level, unit, digits));
    }

    private static string Verdict(SeedDifference seeds, bool isSignificant, bool? isForOthers, string unit, int digits)
    {
        if (!isSignificant)
        {
            var bound = Math.Max(Math.Abs(seeds.Interval!.Value.Low), Math.Abs(seeds.Interval.Value.High));
            return $"no effect can be told; one beyond {bound.ToString($"F{digits}", CultureInfo.InvariantCulture)}{unit} either way is unlikely.";
        }

        var verb = seeds.Mean > 0 ? "it helps" : "it hurts";
        return isForOthers switch
        {
            // Fewer than five images say nothing of others.
            null => $"{verb}, on these images.",
            true => $"{verb}, also on other images of the kind.",
            false => $"{verb} on these images; over other images of the kind it can't be told.",
        };
    }

    /// <summary>Two digits after the point, or as many as show the interval's half width with two figures (SSIM).</summary>
    private static int Digits(SeedDifference seeds)
    {
        var size = seeds.Interval is { } interval ? (interval.High - interval.Low) / 2 : Math.Abs(seeds.Mean);
        return size > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(size)), 2, 6) : 2;
    }

    private static string Signed(double value, int digits)
    {
        var format = $"0.{new string('0', digits)}";
        return value.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture);
    }
}
