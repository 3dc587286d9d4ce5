namespace SuperRes.Networks.Operations;

/// <summary>Pools each position over the channels: 1 x H x W.</summary>
public sealed record ChannelPool(PoolKind Pool) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => inputs[0] with { Channels = 1 };
}
