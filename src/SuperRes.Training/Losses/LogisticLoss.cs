namespace SuperRes.Training.Losses;

/// <summary>Binary cross entropy on logits, written so that no exponential overflows: log(1 + exp(-z)) = max(-z, 0) + log1p(exp(-|z|)).</summary>
internal static class LogisticLoss
{
    /// <summary>Writes the weighted loss's gradient over what is there, and returns the weighted loss.</summary>
    /// <param name="logits">N, 1, 1, 1.</param>
    /// <param name="real">The label: whether the images are real.</param>
    /// <param name="weight">Factor of the mean over the batch.</param>
    /// <param name="gradient">d loss / d logits; the same shape.</param>
    public static double Evaluate(FeatureBatch logits, bool real, double weight, FeatureBatch gradient)
    {
        var (count, sign) = (logits.Values.Length, real ? 1.0 : -1.0);
        double sum = 0;
        for (var i = 0; i < count; i++)
        {
            var z = sign * logits.Values[i];
            sum += Math.Max(-z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
            gradient.Values[i] = (float)(-sign * weight / count / (1 + Math.Exp(z)));
        }

        return weight * sum / count;
    }
}
