using SuperRes.Engine;
using SuperRes.Engine.Reference;
using SuperRes.Engine.Simd;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Engine;

/// <summary>Any node of a network can be tapped, and what comes out is what the reference executor has there.</summary>
public sealed class TapTests
{
    private static readonly NetworkOptions[] Networks =
    [
        new EdsrOptions { Blocks = 2, Features = 12, Attention = new() { Reduction = 2 } },
        new SrResNetOptions { Blocks = 1, Features = 8, Scale = 2, Attention = new() { Reduction = 2, Order = CbamOrder.SpatialFirst } },
        new LapSrnOptions { Scale = 4, Blocks = 1, Features = 8, Attention = new() { Reduction = 2 } },
        new EspcnOptions { Scale = 3 },
    ];

    [Fact]
    public void Run_WithEveryNodeTapped_HandsOverWhatTheDefinitionSays() =>
        Assert.All(Networks, options => AssertEqualsDefinition(options.BuildGraph(), 9, 13, graph => [.. graph.Nodes]));

    [Fact]
    public void Run_WithOneNodeTapped_HandsOverWhatTheDefinitionSays()
    {
        // A tap alone leaves the rest fused, so each node is tried by itself.
        var graph = Networks[0].BuildGraph();
        Assert.All(graph.Nodes, node => AssertEqualsDefinition(graph, 6, 5, _ => [node]));
    }

    [Fact]
    public void Run_WithTaps_MakesTheSameResult()
    {
        var graph = Networks[0].BuildGraph();
        var weights = Weights.Initialize(graph, 3);
        var image = FloatImage.Random(21, 34, 3, seed: 5);
        var (plain, tapped, map) = (new FloatImage(84, 136, 3), new FloatImage(84, 136, 3), new FloatImage(21, 34, 1));
        using var engine = new NetworkEngine(graph, weights, threads: 2);
        engine.Run(21, 34, image, plain);
        using var tappedEngine = new NetworkEngine(graph, weights, threads: 2, taps: ["body.1.attention.spatial"]);
        tappedEngine.Run(21, 34, image, tapped, taps: [map]);
        for (var i = 0; i < plain.Values.Length; i++)
        {
            Assert.Equal(plain.Values[i], tapped.Values[i], 1e-5f);
        }
    }

    [Fact]
    public void Compile_WithAnUnknownTap_NamesIt()
    {
        var graph = Networks[3].BuildGraph();
        var error = Assert.Throws<GraphException>(() => new NetworkEngine(graph, Weights.Initialize(graph, 1), taps: ["body.7"]));
        Assert.Contains("no node 'body.7'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_WithATapAsideOfTheResult_Refuses()
    {
        var g = new GraphBuilder();
        var x = g.Conv("a", g.Input, 8, kernel: 3);
        var graph = g.Build(g.Conv("b", x, 3, kernel: 3), ("aside", g.Conv("c", x, 3, kernel: 3)));
        var error = Assert.Throws<GraphException>(() => new NetworkEngine(graph, Weights.Initialize(graph, 1), taps: ["c"]));
        Assert.Contains("'c' can't be tapped", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutASinkForATap_Refuses()
    {
        var graph = Networks[3].BuildGraph();
        using var engine = new NetworkEngine(graph, Weights.Initialize(graph, 1), taps: ["conv1"]);
        Assert.Throws<ArgumentException>(() => engine.Run(4, 4, new FloatImage(4, 4, 3), new FloatImage(12, 12, 3)));
    }

    private static void AssertEqualsDefinition(Graph graph, int height, int width, Func<Graph, IReadOnlyList<Node>> choose)
    {
        var weights = Weights.Initialize(graph, 3);
        var image = FloatImage.Random(height, width, 3, seed: 5);
        var input = new ReferenceMap(1, 3, height, width).Fill(3, height, width, (_, c, y, x) => image.Values[(((y * width) + x) * 3) + c]);
        var reference = new ReferenceExecutor(graph, weights).Run(input);
        var nodes = choose(graph);
        var shapes = graph.InferShapes(height, width);
        foreach (var simd in Enum.GetValues<SimdWidth>())
        {
            FloatImage[] maps = [.. nodes.Select(node => shapes[node.Index]).Select(shape => new FloatImage(shape.Height, shape.Width, shape.Channels))];
            var output = shapes[graph.Output.Index];
            using var engine = new NetworkEngine(graph, weights, threads: 2, simd, taps: [.. nodes.Select(node => node.Name)]);
            engine.Run(height, width, image, new FloatImage(output.Height, output.Width, output.Channels), taps: maps);
            for (var i = 0; i < nodes.Count; i++)
            {
                AssertEqual(reference[nodes[i]], maps[i].Values, nodes[i]);
            }
        }
    }

    private static void AssertEqual(ReferenceMap expected, float[] actual, Node node)
    {
        for (var i = 0; i < actual.Length; i++)
        {
            var (pixel, c) = Math.DivRem(i, expected.Channels);
            var value = expected[0, c, pixel / expected.Width, pixel % expected.Width];
            Assert.True(Math.Abs(value - actual[i]) < 1e-5 * Math.Max(1, Math.Abs(value)), $"{node} at {i}: {actual[i]}, expected {value}");
        }
    }
}
