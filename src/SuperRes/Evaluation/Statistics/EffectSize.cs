namespace SuperRes.Evaluation.Statistics;

/// <summary>How large an effect is beside its own noise. As a rule of thumb 0.2 is small, 0.5 medium and 0.8 large (Cohen 1988).</summary>
/// <param name="CohensD">Mean of the paired differences over their standard deviation (d_z of Lakens 2013).</param>
/// <param name="HedgesG">
/// Cohen's d times Hedges' correction, because d overstates the effect where samples are few (Hedges 1981).
/// </param>
public sealed record EffectSize(double CohensD, double HedgesG)
{
    /// <summary>Hedges' exact correction, J(m) = Γ(m/2) / (√(m/2) Γ((m-1)/2)) for m degrees of freedom (Hedges 1981, equation 6e).</summary>
    /// <param name="degrees">m, at least 2; for 1 the function has its limit 0.</param>
    internal static double Correction(int degrees) =>
        degrees < 2 ? 0 : Math.Exp(IncompleteBeta.LogGamma(degrees / 2.0) - IncompleteBeta.LogGamma((degrees - 1) / 2.0)) / Math.Sqrt(degrees / 2.0);

    /// <summary>The effect size of paired differences; null with fewer than two, or when they are all the same.</summary>
    internal static EffectSize? Of(ReadOnlySpan<double> differences)
    {
        if (differences.Length < 2 || Sample.StandardDeviation(differences) is not (> 0 and var deviation))
        {
            return null;
        }

        var d = Sample.Mean(differences) / deviation;
        return new EffectSize(d, d * Correction(differences.Length - 1));
    }
}
