namespace SuperRes.Networks.Operations;

/// <summary><paramref name="Factor"/> * x: EDSR's residual scaling.</summary>
public sealed record Scale(float Factor) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => inputs[0];
}
