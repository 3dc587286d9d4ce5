namespace SuperRes.Evaluation.Statistics;

/// <summary>Means, deviations and medians of measured values.</summary>
internal static class Sample
{
    /// <summary>The arithmetic mean; infinite when a value is, NaN without values.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>The standard deviation with n - 1, exactly 0 where all values are the same; NaN with fewer than two values.</summary>
    public static double StandardDeviation(ReadOnlySpan<double> values)
    {
        // The mean of equal values may be rounded to another one.
        if (values.Length > 1 && !values[1..].ContainsAnyExcept(values[0]))
        {
            return 0;
        }

        var (mean, squares) = (Mean(values), 0.0);
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return values.Length < 2 ? double.NaN : Math.Sqrt(squares / (values.Length - 1));
    }

    /// <summary>The median of finite values: the middle one, or the mean of the two in the middle; NaN without values.</summary>
    public static double Median(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        return Bootstrap.Quantile(sorted, 0.5);
    }
}
