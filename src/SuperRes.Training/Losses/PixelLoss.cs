namespace SuperRes.Training.Losses;

/// <summary>A loss between a network's output and its target, averaged over all N * H * W * C values.</summary>
public abstract record PixelLoss : Loss
{
    /// <summary>Adds the weighted loss's gradient to <paramref name="gradient"/> and returns the weighted loss.</summary>
    /// <param name="output">What the network made.</param>
    /// <param name="target">What it should have made; the same shape.</param>
    /// <param name="gradient">d loss / d output is added here; the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public double AddGradient(FeatureBatch output, FeatureBatch target, FeatureBatch gradient)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!output.HasShapeOf(target) || !output.HasShapeOf(gradient))
        {
            throw new ArgumentException($"The output is {output}, the target {target} and the gradient {gradient}; the three must be of one shape.");
        }

        var count = output.Values.Length;
        var sum = AddGradient(output.Values, target.Values, gradient.Values, (float)(Weight / count));
        return Weight * sum / count;
    }

    /// <summary>Adds <paramref name="scale"/> times the gradient of each value's loss; returns the unscaled losses' sum.</summary>
    protected abstract double AddGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, float scale);
}
