namespace SuperRes.Networks.Operations;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167) per channel over N, H, W. Inference uses the running
/// statistics; training the batch's (biased variance), and moves the running ones (unbiased variance) by <paramref name="Momentum"/>.
/// </summary>
/// <param name="Gamma">C, initially 1.</param>
/// <param name="Beta">C, initially 0.</param>
/// <param name="RunningMean">C, not trained.</param>
/// <param name="RunningVariance">C, not trained.</param>
/// <param name="Epsilon">Added to the variance; 1e-5 as in PyTorch.</param>
/// <param name="Momentum">Weight of the new batch in the running statistics; 0.1 as in PyTorch.</param>
public sealed record BatchNorm(Parameter Gamma, Parameter Beta, Parameter RunningMean, Parameter RunningVariance, float Epsilon = 1e-5f, float Momentum = 0.1f) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Gamma, Beta, RunningMean, RunningVariance];

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        GraphException.ThrowIfChannelsDiffer(this, Gamma.Count, inputs[0]);
        return inputs[0];
    }
}
