namespace SuperRes.Networks.Operations;

/// <summary>x where positive, <paramref name="NegativeSlope"/> * x elsewhere.</summary>
public sealed record LeakyRelu(float NegativeSlope) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => inputs[0];
}
