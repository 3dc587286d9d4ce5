using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks;

public sealed class EdsrTests
{
    [Fact]
    public void BuildGraph_OfTheBaseline_HasThePublishedParameterCount() =>
        Assert.Equal(1_517_571, new EdsrOptions().BuildGraph().TrainableCount);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void BuildGraph_AtEachScale_EnlargesByIt(int scale)
    {
        var graph = new EdsrOptions { Scale = scale, Blocks = 2, Features = 8 }.BuildGraph();
        Assert.Equal(new FeatureShape(3, 5 * scale, 7 * scale), graph.InferShapes(5, 7)[graph.Output.Index]);
    }

    [Fact]
    public void BuildGraph_WithFaults_ListsThemAll()
    {
        var options = new EdsrOptions { Scale = 5, Blocks = 0, Features = 0, ResidualScale = float.NaN };
        Assert.Equal(4, options.Validate().Count);
        Assert.Throws<GraphException>(() => options.BuildGraph());
    }
}
