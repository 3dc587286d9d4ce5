namespace SuperRes.Networks.Operations;

/// <summary>Element-wise sum of two maps of one shape.</summary>
public sealed record Add : Operation
{
    /// <inheritdoc/>
    public override int InputCount => 2;

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) =>
        inputs[0] == inputs[1] ? inputs[0] : throw new GraphException($"Add needs two maps of one shape, got {inputs[0]} and {inputs[1]}.");
}
