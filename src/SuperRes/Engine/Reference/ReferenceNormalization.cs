namespace SuperRes.Engine.Reference;

/// <summary>Batch and layer normalisation by their definitions.</summary>
internal static class ReferenceNormalization
{
    /// <summary>Mean and biased variance of each channel over batch and positions.</summary>
    public static (double[] Mean, double[] Variance) BatchStatistics(ReferenceMap x) =>
        (x.PerChannel(values => values.Average()), x.PerChannel(Variance));

    /// <summary>(x - mean) / sqrt(variance + epsilon) * gamma + beta per channel.</summary>
    public static ReferenceMap BatchNorm(ReferenceMap x, double[] mean, double[] variance, double[] gamma, double[] beta, double epsilon) =>
        x.Fill(x.Channels, x.Height, x.Width, (n, c, row, column) =>
            ((x[n, c, row, column] - mean[c]) / Math.Sqrt(variance[c] + epsilon) * gamma[c]) + beta[c]);

    /// <summary>The same over the channels of each position.</summary>
    public static ReferenceMap LayerNorm(ReferenceMap x, double[] gamma, double[] beta, double epsilon) =>
        x.Fill(x.Channels, x.Height, x.Width, (n, c, row, column) =>
        {
            double[] values = [.. Enumerable.Range(0, x.Channels).Select(i => x[n, i, row, column])];
            return ((x[n, c, row, column] - values.Average()) / Math.Sqrt(Variance(values) + epsilon) * gamma[c]) + beta[c];
        });

    private static double Variance(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / values.Count;
    }
}
