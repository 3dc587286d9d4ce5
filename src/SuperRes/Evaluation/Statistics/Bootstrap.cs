namespace SuperRes.Evaluation.Statistics;

/// <summary>
/// The percentile bootstrap (Efron 1979): draw as many images as there are, with replacement, take the mean, repeat, and
/// read the interval off the sorted means. It says how the mean would vary over other images of the same kind, and
/// nothing about the noise of training. With very few images (Set5) it is known to come out somewhat narrow.
/// </summary>
internal static class Bootstrap
{
    /// <summary>The interval of the mean; null with fewer than two values, where nothing can be said.</summary>
    public static Interval? OfMean(ReadOnlySpan<double> values, BootstrapOptions options)
    {
        if (values.Length < 2)
        {
            return null;
        }

        var random = new SplitMix64(options.Seed);
        var means = new double[options.Resamples];
        for (var i = 0; i < means.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < values.Length; j++)
            {
                sum += values[random.Next(values.Length)];
            }

            means[i] = sum / values.Length;
        }

        Array.Sort(means);
        var tail = (1 - options.Level) / 2;
        return new Interval(Quantile(means, tail), Quantile(means, 1 - tail));
    }

    /// <summary>Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, NumPy's default).</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var index = (int)position;
        var low = sorted[index];
        var high = sorted[Math.Min(index + 1, sorted.Length - 1)];

        // Equal infinities have no difference to interpolate.
        return low.Equals(high) ? low : low + ((high - low) * (position - index));
    }
}
