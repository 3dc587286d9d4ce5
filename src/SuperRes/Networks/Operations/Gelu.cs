namespace SuperRes.Networks.Operations;

/// <summary>x * Phi(x), with the exact normal distribution function (Hendrycks and Gimpel 2016, arXiv:1606.08415).</summary>
public sealed record Gelu : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => inputs[0];
}
