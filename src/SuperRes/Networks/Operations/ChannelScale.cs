namespace SuperRes.Networks.Operations;

/// <summary>Multiplies each channel by a constant: the division by the standard deviation that VGG expects of its input.</summary>
/// <param name="Factors">C values.</param>
public sealed record ChannelScale(IReadOnlyList<float> Factors) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        GraphException.ThrowIfChannelsDiffer(this, Factors.Count, inputs[0]);
        return inputs[0];
    }
}
