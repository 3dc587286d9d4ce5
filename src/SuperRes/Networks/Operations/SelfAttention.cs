namespace SuperRes.Networks.Operations;

/// <summary>
/// Multi-head scaled dot-product attention over all positions of the map (Vaswani et al. 2017, arXiv:1706.03762):
/// softmax(Q Kᵀ / sqrt(d)) V per head. The input's 3C channels are Q, K, V in this order, each C = heads * d with a
/// head's channels together; the projections before and after are <see cref="Linear"/> layers. Sees the whole map.
/// </summary>
/// <param name="Heads">Number of heads; divides C.</param>
public sealed record SelfAttention(int Heads) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) =>
        inputs[0].Channels % (3 * Heads) == 0
            ? inputs[0] with { Channels = inputs[0].Channels / 3 }
            : throw new GraphException($"SelfAttention with {Heads} heads needs a multiple of {3 * Heads} channels, got {inputs[0]}.");
}
