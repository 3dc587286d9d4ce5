using SuperRes.Networks;

namespace SuperRes.Training.Data;

/// <summary>How many times larger than its input each output of a network is.</summary>
public static class TargetScales
{
    /// <summary>In the order of <see cref="Graph.Outputs"/>, the main one first.</summary>
    /// <exception cref="GraphException">An output is no image that is larger by a whole factor.</exception>
    public static IReadOnlyList<int> Of(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var input = graph.Input.ReferenceShape;
        return [.. graph.Outputs.Select(output =>
        {
            var shape = output.Value.ReferenceShape;
            var scale = shape.Width / input.Width;
            return shape == new FeatureShape(3, input.Height * scale, input.Width * scale)
                ? scale
                : throw new GraphException($"The output '{output.Key}' is {shape} for an input of {input}: not an RGB image that is larger by a whole factor.");
        })];
    }
}
