namespace SuperRes.Engine.Steps;

/// <summary>The maps that a <see cref="GateStep{TSimd}"/> reads.</summary>
/// <param name="Map">What is gated.</param>
/// <param name="ChannelGate">C x 1 x 1.</param>
/// <param name="Pooled">Means and maxima over the channels, from which the gate of each pixel is computed.</param>
/// <param name="Residual">Added at the end.</param>
internal readonly record struct GateInputs(int Map, int? ChannelGate, int? Pooled, int? Residual)
{
    public IReadOnlyList<int> All => [Map, .. new[] { ChannelGate, Pooled, Residual }.OfType<int>()];
}
