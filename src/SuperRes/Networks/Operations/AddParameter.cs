namespace SuperRes.Networks.Operations;

/// <summary>Adds a learned map of a fixed size: a vision transformer's position embedding.</summary>
/// <param name="Value">C, H, W.</param>
public sealed record AddParameter(Parameter Value) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Value];

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        var shape = new FeatureShape(Value.Shape[0], Value.Shape[1], Value.Shape[2]);
        return inputs[0] == shape ? shape : throw new GraphException($"{Value.Name} is {shape} and is added to a map of that shape only, got {inputs[0]}.");
    }
}
