namespace SuperRes.Engine.Reference;

/// <summary>Functions that the base library lacks, to double precision.</summary>
internal static class ReferenceMath
{
    /// <summary>x * Phi(x), Phi being the standard normal distribution function.</summary>
    public static double Gelu(double x) => x * 0.5 * (1 + Erf(x / Math.Sqrt(2)));

    /// <summary>
    /// The error function by erf(x) = 2 / sqrt(pi) * exp(-x²) * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)), Abramowitz
    /// and Stegun 7.1.6: all terms have one sign, so nothing cancels. Beyond 6 it is 1 to double precision (erfc(6) = 2e-17).
    /// </summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        var (term, sum) = (x, x);
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>exp(s) / sum of exp(s), shifted by the largest score so that nothing overflows.</summary>
    public static double[] Softmax(double[] scores)
    {
        var largest = scores.Max();
        var powers = Array.ConvertAll(scores, score => Math.Exp(score - largest));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }
}
