using SuperRes.Networks;

namespace SuperRes.Tests.Networks;

public sealed class WeightsTests
{
    private static Graph Small(int features = 8)
    {
        var g = new GraphBuilder();
        return g.Build(g.Conv("tail", g.Conv("head", g.Input, features, 3), 3, 3));
    }

    [Fact]
    public void Initialize_WithOneSeed_IsTheSameAndFits()
    {
        var (first, second) = (Weights.Initialize(Small(), 7), Weights.Initialize(Small(), 7));
        Assert.Empty(first.Differences(Small()));
        Assert.Equal(first["head.weight"].Values, second["head.weight"].Values);
        Assert.NotEqual(first["head.weight"].Values, Weights.Initialize(Small(), 8)["head.weight"].Values);
    }

    [Fact]
    public void Initialize_ByFanIn_StaysInItsBoundAndFillsIt()
    {
        var values = Weights.Initialize(Small(64), 1)["head.weight"].Values;
        var bound = 1 / Math.Sqrt(27);
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        // The variance of a uniform distribution is bound² / 3.
        Assert.Equal(bound * bound / 3, values.Average(value => value * value), bound * bound * 0.03);
    }

    [Fact]
    public void Initialize_Bilinear_UpsamplesByTent()
    {
        var g = new GraphBuilder(channels: 2);
        var graph = g.Build(g.ConvTranspose("up", g.Input, 2, stride: 2, weight: new Initializer.Bilinear()));
        var values = Weights.Initialize(graph, 0)["up.weight"].Values;
        float[] row = [0.25f, 0.75f, 0.75f, 0.25f];
        Assert.Equal(row.SelectMany(y => row.Select(x => x * y)), values[..16]);
        Assert.All(values[16..32], value => Assert.Equal(0, value));
        Assert.Equal(values[..16], values[48..]);
    }

    [Fact]
    public void Select_LeavesOutWhatTheGraphDoesNotName()
    {
        var g = new GraphBuilder();
        var head = g.Build(g.Conv("head", g.Input, 8, 3));
        var weights = Weights.Initialize(Small(), 1);
        Assert.Equal(["'tail.bias' is not part of the network", "'tail.weight' is not part of the network"], weights.Differences(head));
        Assert.Empty(weights.Select(head).Differences(head));
        Assert.Same(weights["head.weight"], weights.Select(head)["head.weight"]);
    }

    [Fact]
    public void Differences_ListsEveryFault()
    {
        var faults = Weights.Initialize(Small(4), 0).Differences(Small(8));
        Assert.Equal(3, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("'head.weight' is [4, 3, 3, 3], expected [8, 3, 3, 3]", StringComparison.Ordinal));
    }

    [Fact]
    public void Differences_WithNaN_SaysSo()
    {
        var weights = Weights.Initialize(Small(), 0);
        weights["tail.bias"].Values[1] = float.NaN;
        Assert.Equal(["'tail.bias' holds values that are not finite"], weights.Differences(Small()));
    }
}
