namespace SuperRes.Networks.Operations;

/// <summary>max(x, 0).</summary>
public sealed record Relu : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => inputs[0];
}
