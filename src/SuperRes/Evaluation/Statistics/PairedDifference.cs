namespace SuperRes.Evaluation.Statistics;

/// <summary>
/// How much larger one model's values are than another's on the same images. Pairing takes out what makes images hard
/// for every model, which usually is a hundred times what the models differ by.
/// </summary>
/// <param name="Mean">Mean of (model - baseline) over the images.</param>
/// <param name="Images">The images that both models were measured on, with finite values.</param>
/// <param name="Better">On how many of them the model's value is larger.</param>
/// <param name="Interval">Bootstrap interval of the mean; null with fewer than two images.</param>
public sealed record PairedDifference(double Mean, int Images, int Better, Interval? Interval = null)
{
    /// <summary>Compares values that belong together by position; pairs with an infinite value are left out.</summary>
    /// <returns>The difference; null when no pair is left.</returns>
    internal static PairedDifference? Of(ReadOnlySpan<double> model, ReadOnlySpan<double> baseline, BootstrapOptions options)
    {
        if (model.Length != baseline.Length)
        {
            throw new ArgumentException($"Pairs need as many values on both sides, got {model.Length} and {baseline.Length}.", nameof(baseline));
        }

        var differences = new List<double>(model.Length);
        for (var i = 0; i < model.Length; i++)
        {
            if (double.IsFinite(model[i]) && double.IsFinite(baseline[i]))
            {
                differences.Add(model[i] - baseline[i]);
            }
        }

        if (differences.Count == 0)
        {
            return null;
        }

        var values = differences.ToArray();
        return new PairedDifference(Sample.Mean(values), values.Length, values.Count(difference => difference > 0), Bootstrap.OfMean(values, options));
    }
}
