namespace SuperRes.Networks.Operations;

/// <summary>The network's input: N, <paramref name="Channels"/>, H, W; for images float32 RGB in [0, 1].</summary>
public sealed record Input(int Channels) : Operation
{
    /// <inheritdoc/>
    public override int InputCount => 0;

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) =>
        throw new InvalidOperationException("The input's shape is given, not inferred.");
}
