using SuperRes.Engine.Gradients;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Networks.Operations;

namespace SuperRes.Training.Tests.Cpu;

/// <summary>Which convolutions are trained as one.</summary>
public sealed class TrainingFusionTests
{
    /// <summary>Nine shares of three channels are fewer than the features where there are more than 27 of them.</summary>
    [Theory]
    [InlineData(2, 64, true)]
    [InlineData(3, 64, true)]
    [InlineData(4, 64, true)]
    [InlineData(4, 32, true)]
    [InlineData(4, 16, false)]
    [InlineData(4, 40, true)]
    [InlineData(4, 20, false)]
    public void Of_EdsrsTail_IsOneConvolutionWhereThatPays(int scale, int features, bool isOne)
    {
        var graph = new EdsrOptions { Scale = scale, Blocks = 1, Features = features }.BuildGraph();
        var tail = graph.Nodes.Last(node => node.Operation is Conv2d);
        Assert.Equal(isOne, new TrainingFusion(graph).IsFused(tail));
    }

    /// <summary>Widths are filled up to a vector's where nothing but convolutions, rectifiers, scales and sums reads them, and where that adds at most half.</summary>
    [Theory]
    [InlineData(68, 80)]
    [InlineData(64, 64)]
    [InlineData(44, 48)]
    [InlineData(20, 20)]
    public void Channels_OfEspcnsFirstMap_AreAMultipleOfAVector(int features, int expected)
    {
        var graph = new EspcnOptions { Scale = 2, Features = features }.BuildGraph();
        var first = graph.Nodes.First(node => node.Operation is Conv2d);
        Assert.Equal(expected, new TrainingFusion(graph).Channels(first, features));
    }

    [Fact]
    public void Channels_OfAMapThatAttentionReads_AreAsTheyAre()
    {
        var graph = new EspcnOptions { Scale = 2, Features = 68, Attention = new CbamOptions() }.BuildGraph();
        var first = graph.Nodes.First(node => node.Operation is Conv2d);
        Assert.Equal(68, new TrainingFusion(graph).Channels(first, 68));
    }

    [Fact]
    public void Of_AnActivationBetween_IsNotOne()
    {
        var graph = new SrResNetOptions { Scale = 2, Blocks = 1, Features = 64 }.BuildGraph();
        var tail = graph.Nodes.Last(node => node.Operation is Conv2d);
        Assert.False(new TrainingFusion(graph).IsFused(tail));
    }

    [Fact]
    public void Of_AnEnlargedMapThatIsReadElsewhere_IsNotOne()
    {
        var g = new GraphBuilder(16, 4, 4);
        var enlarged = g.PixelShuffle(g.Conv("wide", g.Input, 4 * 32, 3), 2);
        var tail = g.Conv("narrow", enlarged, 3, 3);
        var graph = g.Build(g.Concat(tail, enlarged));
        Assert.False(new TrainingFusion(graph).IsFused(tail));
    }
}
