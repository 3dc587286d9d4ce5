namespace SuperRes.Networks.Operations;

/// <summary>1 / (1 + exp(-x)).</summary>
public sealed record Sigmoid : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => inputs[0];
}
