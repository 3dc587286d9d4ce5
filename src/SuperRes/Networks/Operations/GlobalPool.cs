namespace SuperRes.Networks.Operations;

/// <summary>Pools each channel over the whole map: C x 1 x 1. Sees the whole image.</summary>
public sealed record GlobalPool(PoolKind Pool) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => inputs[0] with { Height = 1, Width = 1 };
}
