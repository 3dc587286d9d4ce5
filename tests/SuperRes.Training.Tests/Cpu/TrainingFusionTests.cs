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
    [InlineData(4, 40, false)]
    public void Of_EdsrsTail_IsOneConvolutionWhereThatPays(int scale, int features, bool isOne)
    {
        var graph = new EdsrOptions { Scale = scale, Blocks = 1, Features = features }.BuildGraph();
        var tail = graph.Nodes.Last(node => node.Operation is Conv2d);
        Assert.Equal(isOne, new TrainingFusion(graph).IsFused(tail));
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
