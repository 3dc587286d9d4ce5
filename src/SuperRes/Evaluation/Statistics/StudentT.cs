namespace SuperRes.Evaluation.Statistics;

/// <summary>
/// Student's t distribution, for any positive number of degrees of freedom, whole or not (Satterthwaite's are not).
/// </summary>
internal static class StudentT
{
    /// <summary>P(|T| &gt;= |t|): the probability of a t at least this far from 0, on either side.</summary>
    /// <param name="t">The statistic; its sign does not matter.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double TwoSided(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        if (double.IsInfinity(t))
        {
            return 0;
        }

        // Abramowitz and Stegun 26.7.1 and 26.5.27: the tails are an incomplete beta function of n / (n + t²).
        return IncompleteBeta.Regularized(degrees / (degrees + (t * t)), degrees / 2, 0.5);
    }

    /// <summary>The t that |T| exceeds with probability 1 - level: 2.365 for a level of 0.95 and 7 degrees of freedom.</summary>
    /// <param name="level">The share of the distribution between -t and t, inside (0, 1).</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <remarks>
    /// By bisection, which needs nothing but that the tail falls: some hundred evaluations to the last digit, where a
    /// report asks for a few dozen quantiles.
    /// </remarks>
    public static double Critical(double level, double degrees)
    {
        if (level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1, such as 0.95.");
        }

        var (low, high) = (0.0, 1.0);
        while (TwoSided(high, degrees) > 1 - level)
        {
            (low, high) = (high, high * 2);
        }

        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = TwoSided(middle, degrees) > 1 - level ? (middle, high) : (low, middle);
        }

        return high;
    }
}
