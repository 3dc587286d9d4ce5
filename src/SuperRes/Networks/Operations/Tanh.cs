namespace SuperRes.Networks.Operations;

/// <summary>Hyperbolic tangent.</summary>
public sealed record Tanh : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => inputs[0];
}
