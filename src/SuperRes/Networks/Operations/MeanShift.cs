namespace SuperRes.Networks.Operations;

/// <summary>Adds a constant to each channel: EDSR subtracts the data set's mean colour first and adds it back last.</summary>
/// <param name="Offsets">C values.</param>
public sealed record MeanShift(IReadOnlyList<float> Offsets) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        GraphException.ThrowIfChannelsDiffer(this, Offsets.Count, inputs[0]);
        return inputs[0];
    }
}
