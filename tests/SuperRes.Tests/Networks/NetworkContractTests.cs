using SuperRes.Engine.Reference;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Networks.Operations;

namespace SuperRes.Tests.Networks;

/// <summary>What every network of the catalogue keeps.</summary>
public sealed class NetworkContractTests
{
    public static TheoryData<string> Names => [.. NetworkCatalogue.Entries.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void BuildGraph_OfTheNamedNetwork_IsValidAndEnlargesAnySize(string name)
    {
        var options = NetworkCatalogue.Find(name).Options;
        Assert.Empty(options.Validate());
        var graph = options.BuildGraph();
        (int Height, int Width)[] sizes = options is VitOptions ? [(48, 48)] : [(1, 1), (1, 9), (17, 31)];
        Assert.All(sizes, size => Assert.Equal(
            new FeatureShape(3, size.Height * options.Scale, size.Width * options.Scale),
            graph.InferShapes(size.Height, size.Width)[graph.Output.Index]));
        Assert.Contains("600000000", Assert.Throws<GraphException>(() => graph.InferShapes(2, 600_000_000)).Message, StringComparison.Ordinal);
        Assert.Equal(graph.Parameters.Count, graph.Parameters.DistinctBy(parameter => parameter.Name).Count());
        Assert.Equal(graph.Nodes.Count, graph.Nodes.DistinctBy(node => node.Name).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithNewWeights_GivesFiniteValuesThatDependOnEveryParameter(string name)
    {
        var options = SmallNetworks.Of(NetworkCatalogue.Find(name).Options);
        var (height, width) = SmallNetworks.TestSize(options);
        var graph = options.BuildGraph();
        var values = ReferenceExecutor.ToDouble(graph, Weights.Initialize(graph, seed: 1));
        var executor = new ReferenceExecutor(graph, values);
        var before = executor.Run(Pictures.Random(1, 3, height, width)).Output;
        Assert.All(before.Values, value => Assert.True(double.IsFinite(value)));
        Assert.InRange(before.Values.Average(Math.Abs), 1e-4, 100);

        // A new parameter that changed nothing would be a layer wired to nowhere.
        foreach (var parameter in graph.Parameters)
        {
            var kept = values[parameter.Name];
            values[parameter.Name] = Array.ConvertAll(kept, value => (value * 1.25) + 0.125);
            Assert.False(before.Values.SequenceEqual(executor.Run(Pictures.Random(1, 3, height, width)).Output.Values), parameter.Name);
            values[parameter.Name] = kept;
        }
    }

    /// <summary>Initial weights that blow signals up, block by block, show only at full depth.</summary>
    [Theory]
    [InlineData("edsr-x2")]
    [InlineData("srresnet-x2")]
    [InlineData("lapsrn-x8")]
    [InlineData("lapsrn-cbam-x8")]
    [InlineData("vdsr-x2")]
    public void Run_AtFullDepthWithNewWeights_StaysNearTheRangeOfImages(string name)
    {
        var graph = NetworkCatalogue.Find(name).Options.BuildGraph();
        var y = new ReferenceExecutor(graph, Weights.Initialize(graph, seed: 1)).Run(Pictures.Random(1, 3, 3, 4)).Output;
        Assert.All(y.Values, value => Assert.InRange(value, -3, 4));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BuildGraph_WithoutAttention_HasNoTraceOfIt(string name)
    {
        var graph = (NetworkCatalogue.Find(name).Options with { Attention = null }).BuildGraph();
        Assert.DoesNotContain(graph.Nodes, node => node.Operation is GlobalPool or ChannelPool or Sigmoid or Multiply);
        if (!name.StartsWith("vit", StringComparison.Ordinal))
        {
            Assert.DoesNotContain(graph.Nodes, node => node.Name.Contains("attention", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void LapSrn_OfASmallerScale_IsReadOutOfALargerModel()
    {
        var (large, small) = (new LapSrnOptions { Scale = 8, Blocks = 1, Features = 8 }, new LapSrnOptions { Scale = 2, Blocks = 1, Features = 8 });
        var (largeGraph, smallGraph) = (large.BuildGraph(), small.BuildGraph());
        var weights = Weights.Initialize(largeGraph, 3);
        var picture = Pictures.Random(1, 3, 4, 5);
        var run = new ReferenceExecutor(largeGraph, weights).Run(picture);
        Assert.Equal(["y", "x2", "x4"], largeGraph.Outputs.Select(output => output.Key));
        Assert.Empty(weights.Select(smallGraph).Differences(smallGraph));
        Assert.Equal(run.Outputs["x2"].Values, new ReferenceExecutor(smallGraph, weights.Select(smallGraph)).Run(picture).Output.Values);
    }

    [Fact]
    public void Vit_WithCbam_IsRefused()
    {
        var error = Assert.Throws<GraphException>(() => new VitOptions { Attention = new CbamOptions() }.BuildGraph());
        Assert.Contains("attention is set", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SrganDiscriminator_OfAPatch_GivesOneLogit()
    {
        var graph = new SrganDiscriminatorOptions { InputSize = 32, Features = 4, DenseUnits = 8 }.BuildGraph();
        var y = new ReferenceExecutor(graph, Weights.Initialize(graph, 0)).Run(Pictures.Random(0, 3, 32, 32)).Output;
        Assert.True(double.IsFinite(Assert.Single(y.Values)));
        Assert.Throws<GraphException>(() => graph.InferShapes(48, 48));
    }

    [Theory]
    [InlineData(Vgg19Layer.Conv22, 128, 12)]
    [InlineData(Vgg19Layer.Conv54, 512, 1)]
    public void Vgg19_OfAnImage_GivesTheLayersFeatures(Vgg19Layer layer, int channels, int size)
    {
        var graph = new Vgg19Options { Layer = layer }.BuildGraph();
        Assert.Equal(new FeatureShape(channels, size, size), graph.InferShapes(24, 24)[graph.Output.Index]);
        Assert.IsType<Relu>(graph.Output.Operation);
        Assert.IsType<Conv2d>(new Vgg19Options { Layer = layer, BeforeActivation = true }.BuildGraph().Output.Operation);
    }

    [Fact]
    public void Vgg19_TakesTheMeanAndDeviationOfImageNetOut()
    {
        var graph = new Vgg19Options { Layer = Vgg19Layer.Conv22 }.BuildGraph();
        var run = new ReferenceExecutor(graph, Weights.Initialize(graph, 0)).Run(new ReferenceMap(1, 3, 2, 2, [.. Enumerable.Repeat(1.0, 12)]));
        // (1 - mean) / deviation of white, as torchvision's Normalize prints it: 2.2489, 2.4286, 2.6400.
        Assert.Equal([2.2489, 2.4286, 2.6400], new[] { 0, 4, 8 }.Select(i => Math.Round(run["x.channelscale"].Values[i], 4)));
    }
}
