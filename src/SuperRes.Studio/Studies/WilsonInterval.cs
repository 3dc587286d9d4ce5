namespace SuperRes.Studio.Studies;

/// <summary>
/// The 95 % score interval of a proportion (Wilson 1927, JASA 22, 209). It keeps within 0 and 1 and its promise for few
/// votes, where the usual one does not.
/// </summary>
internal static class WilsonInterval
{
    // The normal distribution's 97.5 % point.
    private const double Z = 1.959963984540054;

    /// <param name="successes">Votes in favour; a tie counts half.</param>
    /// <param name="trials">All votes.</param>
    /// <returns>0 to 1 where there are no votes.</returns>
    public static (double Low, double High) Of(double successes, double trials)
    {
        if (trials == 0)
        {
            return (0, 1);
        }

        var share = successes / trials;
        var center = share + (Z * Z / (2 * trials));
        var half = Z * Math.Sqrt((share * (1 - share) / trials) + (Z * Z / (4 * trials * trials)));
        var scale = 1 + (Z * Z / trials);
        return (Math.Max(0, (center - half) / scale), Math.Min(1, (center + half) / scale));
    }
}
