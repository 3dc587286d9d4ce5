namespace SuperRes.Networks.Operations;

/// <summary>Stacks the channels of two maps of one height and width.</summary>
public sealed record Concat : Operation
{
    /// <inheritdoc/>
    public override int InputCount => 2;

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) =>
        inputs[0].Height == inputs[1].Height && inputs[0].Width == inputs[1].Width
            ? inputs[0] with { Channels = inputs[0].Channels + inputs[1].Channels }
            : throw new GraphException($"Concat needs maps of one height and width, got {inputs[0]} and {inputs[1]}.");
}
