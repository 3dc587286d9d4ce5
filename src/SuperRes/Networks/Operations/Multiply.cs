namespace SuperRes.Networks.Operations;

/// <summary>
/// Gates a map: the second input has the first's shape, or C x 1 x 1 (a channel gate), or 1 x H x W (a spatial gate).
/// </summary>
public sealed record Multiply : Operation
{
    /// <inheritdoc/>
    public override int InputCount => 2;

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        var (map, gate) = (inputs[0], inputs[1]);
        return gate == map || gate == map with { Height = 1, Width = 1 } || gate == map with { Channels = 1 }
            ? map
            : throw new GraphException($"Multiply can't gate {map} with {gate}: the gate has the map's shape, C x 1 x 1 or 1 x H x W.");
    }
}
