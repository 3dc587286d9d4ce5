namespace SuperRes.Networks.Operations;

/// <summary>Leaky ReLU with a learned slope per channel (He et al. 2015, arXiv:1502.01852).</summary>
/// <param name="Slope">C.</param>
public sealed record Prelu(Parameter Slope) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Slope];

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        GraphException.ThrowIfChannelsDiffer(this, Slope.Count, inputs[0]);
        return inputs[0];
    }
}
