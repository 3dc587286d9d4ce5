namespace SuperRes.Networks.Operations;

/// <summary>Layer normalisation (Ba et al. 2016, arXiv:1607.06450) over the channels of each position, biased variance.</summary>
/// <param name="Gamma">C, initially 1.</param>
/// <param name="Beta">C, initially 0.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record LayerNorm(Parameter Gamma, Parameter Beta, float Epsilon = 1e-5f) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Gamma, Beta];

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        GraphException.ThrowIfChannelsDiffer(this, Gamma.Count, inputs[0]);
        return inputs[0];
    }
}
