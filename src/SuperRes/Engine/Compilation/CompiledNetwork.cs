using SuperRes.Engine.Simd;
using SuperRes.Engine.Steps;
using SuperRes.Networks;

namespace SuperRes.Engine.Compilation;

/// <summary>A graph with its weights as fused steps in an order in which each follows what it reads. Knows no image size. Owns the packed weights.</summary>
internal sealed class CompiledNetwork : IDisposable
{
    internal CompiledNetwork(Graph graph, IReadOnlyList<Step> steps, IReadOnlyList<MapInfo> maps)
    {
        Graph = graph;
        Steps = steps;
        Maps = maps;
    }

    public Graph Graph { get; }

    /// <summary>The steps; the first fetches the input, the last hands over the result.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>The maps by number. The last is the sink's, which has no memory.</summary>
    public IReadOnlyList<MapInfo> Maps { get; }

    /// <summary>Fuses the graph's operations and packs the weights.</summary>
    /// <param name="taps">Names of nodes whose results the caller wants beside the network's.</param>
    /// <exception cref="GraphException">The weights don't fit the graph, an operation is not supported, or a tap is not on the way to the result.</exception>
    public static CompiledNetwork Compile(Graph graph, Weights weights, SimdWidth width, params IReadOnlyList<string> taps)
    {
        var differences = weights.Differences(graph);
        if (differences.Count > 0)
        {
            throw new GraphException($"The weights don't fit the network: {string.Join("; ", differences)}.");
        }

        IReadOnlyList<Node> tapped = [.. taps.Select(graph.Find)];
        return width switch
        {
            SimdWidth.Bits512 => new NetworkCompiler(graph, weights, new StepFactory<Simd512>(), tapped).Compile(),
            SimdWidth.Bits256 => new NetworkCompiler(graph, weights, new StepFactory<Simd256>(), tapped).Compile(),
            SimdWidth.Bits128 => new NetworkCompiler(graph, weights, new StepFactory<Simd128>(), tapped).Compile(),
            _ => throw new ArgumentOutOfRangeException(nameof(width), width, "Expected 128, 256 or 512."),
        };
    }

    public void Dispose()
    {
        foreach (var step in Steps)
        {
            step.Dispose();
        }
    }
}
