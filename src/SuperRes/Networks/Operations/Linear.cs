namespace SuperRes.Networks.Operations;

/// <summary>A linear layer over the channels of each position.</summary>
/// <param name="Weight">O, I.</param>
/// <param name="Bias">O, or none.</param>
public sealed record Linear(Parameter Weight, Parameter? Bias) : Operation
{
    /// <summary>O.</summary>
    public int OutputChannels => Weight.Shape[0];

    /// <summary>I.</summary>
    public int InputChannels => Weight.Shape[1];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        GraphException.ThrowIfChannelsDiffer(this, InputChannels, inputs[0]);
        return inputs[0] with { Channels = OutputChannels };
    }
}
