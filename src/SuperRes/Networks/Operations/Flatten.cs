namespace SuperRes.Networks.Operations;

/// <summary>All values of a map as channels, in C, H, W order: (C * H * W) x 1 x 1.</summary>
public sealed record Flatten : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) => new(checked((int)inputs[0].Count), 1, 1);
}
