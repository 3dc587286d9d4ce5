using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Tests.Networks;

public sealed class GraphBuilderTests
{
    [Fact]
    public void Build_OfASmallNetwork_CountsParametersAndShapes()
    {
        var g = new GraphBuilder();
        var x = g.Relu(g.Conv("head", g.Input, 16, kernel: 3));
        var graph = g.Build(g.PixelShuffle(g.Conv("tail", x, 12, kernel: 3), 2));

        Assert.Equal((16 * 3 * 9) + 16 + (12 * 16 * 9) + 12, graph.TrainableCount);
        Assert.Equal(new FeatureShape(3, 14, 10), graph.InferShapes(7, 5)[graph.Output.Index]);
    }

    [Fact]
    public void Conv_WithWrongChannels_NamesTheNode()
    {
        var g = new GraphBuilder();
        var error = Assert.Throws<GraphException>(() => g.PixelShuffle(g.Conv("head", g.Input, 7, 3), 2));
        Assert.Contains("head.pixelshuffle", error.Message, StringComparison.Ordinal);
        Assert.Contains("7x48x48", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<GraphBuilder, Node>> ImpossibleNumbers => new()
    {
        { "outputChannels", g => g.Conv("c", g.Input, 0, 3) },
        { "outputChannels", g => g.Conv("c", g.Input, -4, 3) },
        { "kernel", g => g.Conv("c", g.Input, 4, 0) },
        { "kernel", g => g.Conv("c", g.Input, 4, 2) },
        { "stride", g => g.Conv("c", g.Input, 4, 3, stride: 0) },
        { "padding", g => g.Conv("c", g.Input, 4, 3, padding: -1) },
        { "outputChannels", g => g.ConvTranspose("c", g.Input, 0) },
        { "stride", g => g.ConvTranspose("c", g.Input, 4, stride: 0) },
        { "stride", g => g.ConvTranspose("c", g.Input, 4, stride: 3) },
        { "outputChannels", g => g.Linear("c", g.Input, 0) },
        { "factor", g => g.PixelShuffle(g.Input, 0) },
        { "factor", g => g.PixelShuffle(g.Input, -1) },
        { "factor", g => g.BicubicUpsample(g.Input, -2) },
        { "factor", g => g.BicubicUpsample(g.Input, 1) },
        { "kernel", g => g.MaxPool(g.Input, 0) },
        { "heads", g => g.SelfAttention(g.Input, 0) },
    };

    [Theory]
    [MemberData(nameof(ImpossibleNumbers))]
    public void Layer_WithANumberThatNoLayerHas_NamesTheParameter(string parameter, Func<GraphBuilder, Node> layer) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(() => layer(new GraphBuilder())).ParamName);

    [Fact]
    public void Conv_WithANameTwice_Throws()
    {
        var g = new GraphBuilder();
        g.Conv("head", g.Input, 4, 3);
        Assert.Throws<GraphException>(() => g.Conv("head", g.Input, 4, 3));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\n")]
    public void Conv_WithoutAProperName_Throws(string name)
    {
        var g = new GraphBuilder();
        Assert.Throws<GraphException>(() => g.Conv(name, g.Input, 4, 3));
    }

    [Fact]
    public void DerivedNames_AreTheLayersWithNumbersWhereOneIsTaken()
    {
        var g = new GraphBuilder();
        var head = g.Conv("head", g.Input, 4, 3);
        var x = g.Relu(g.Relu(head));
        Assert.Equal(["x", "head", "head.relu", "head.relu2"], g.Build(x).Nodes.Select(node => node.Name));
    }

    [Fact]
    public void Reuse_OfALayer_SharesItsParameters()
    {
        var g = new GraphBuilder();
        var mix = g.Linear("mix", g.Input, 3);
        var graph = g.Build(g.Add(mix, g.Reuse(mix, g.Relu(mix))));
        Assert.Equal(["mix.weight", "mix.bias"], graph.Parameters.Select(parameter => parameter.Name));
        Assert.Same(graph.Find("mix").Operation, graph.Find("mix.again").Operation);
    }

    [Fact]
    public void Reuse_OnAMapThatDoesNotFit_NamesTheNode()
    {
        var g = new GraphBuilder();
        var head = g.Conv("head", g.Input, 4, 3);
        var error = Assert.Throws<GraphException>(() => g.Reuse(head, head));
        Assert.Contains("head.again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithAnOutputNameTwice_Throws()
    {
        var g = new GraphBuilder();
        Assert.Throws<GraphException>(() => g.Build(g.Relu(g.Input), ("y", g.Input)));
    }

    [Fact]
    public void Build_WithUnusedNodes_LeavesThemOut()
    {
        var g = new GraphBuilder();
        g.Conv("unused", g.Input, 4, 3);
        var graph = g.Build(g.Conv("used", g.Input, 4, 3));
        Assert.Equal(["x", "used"], graph.Nodes.Select(node => node.Name));
        Assert.Equal(1, graph.Output.Index);
    }

    [Fact]
    public void Build_WithANodeOfAnotherGraph_Throws()
    {
        var other = new GraphBuilder();
        var foreign = other.Conv("conv", other.Input, 4, 3);
        Assert.Throws<GraphException>(() => new GraphBuilder().Relu(foreign));
    }

    [Theory]
    [InlineData(PoolKind.Average)]
    [InlineData(PoolKind.Max)]
    public void Multiply_ByChannelAndSpatialGates_KeepsTheMapsShape(PoolKind pool)
    {
        var g = new GraphBuilder();
        var gated = g.Multiply(g.Multiply(g.Input, g.GlobalPool(g.Input, pool)), g.ChannelPool(g.Input, pool));
        Assert.Equal(g.Input.ReferenceShape, gated.ReferenceShape);
    }
}
