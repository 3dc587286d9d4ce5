using SuperRes.Engine.Reference;
using SuperRes.Networks;
using static SuperRes.Tests.Engine.Reference.ReferenceOperation;

namespace SuperRes.Tests.Engine.Reference;

/// <summary>Expected values are computed by hand, or printed by CPython's math module where named.</summary>
public sealed class ReferenceElementwiseTests
{
    [Fact]
    public void Relu_CutsNegativeValues() =>
        AssertEqual([0, 0, 3], Run([-2, 0, 3], (g, x) => g.Relu(x)));

    [Fact]
    public void LeakyRelu_ScalesNegativeValues() =>
        AssertEqual([-0.4, 0, 3], Run([-2, 0, 3], (g, x) => g.LeakyRelu(x, 0.2f)), 1e-7);

    [Fact]
    public void Prelu_HasASlopePerChannel()
    {
        var y = Run(new(2, 1, 2), [-2, 3, -2, 3], (g, x) => g.Prelu("p", x), ("p.weight", [0.5, -1]));
        AssertEqual([-1, 3, 2, 3], y.Values);
    }

    [Fact]
    public void Sigmoid_AtLogThree_IsThreeQuarters() =>
        AssertEqual([0.25, 0.5, 0.75, 0, 1], Run([-Math.Log(3), 0, Math.Log(3), -1000, 1000], (g, x) => g.Sigmoid(x)));

    [Fact]
    public void Tanh_AtHalfLogThree_IsOneHalf() =>
        AssertEqual([-0.5, 0, 0.5], Run([-Math.Log(3) / 2, 0, Math.Log(3) / 2], (g, x) => g.Tanh(x)));

    // x * 0.5 * (1 + math.erf(x / math.sqrt(2))) in CPython 3.
    [Fact]
    public void Gelu_IsTheExactOne() =>
        AssertEqual(
            [-0.00404969409489031, -0.15865525393145707, -0.0460172162722971, 0, 0.34573123063700656, 0.8413447460685429, 1.9544997361036416, 7.999999999999995],
            Run([-3, -1, -0.1, 0, 0.5, 1, 2, 8], (g, x) => g.Gelu(x)),
            1e-14);

    // math.erf in CPython 3.
    [Theory]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(-0.5, -0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(3.5, 0.9999992569016276)]
    [InlineData(7, 1)]
    public void Erf_IsExactToDoublePrecision(double x, double expected) =>
        Assert.Equal(expected, ReferenceMath.Erf(x), 1e-15);

    [Fact]
    public void Scale_Multiplies() =>
        AssertEqual([-0.5, 0, 0.75], Run([-2, 0, 3], (g, x) => g.Scale(x, 0.25f)));

    [Fact]
    public void MeanShift_AddsPerChannel() =>
        AssertEqual([1.5, 2.5, 1, 2], Run(new(2, 1, 2), [1, 2, 3, 4], (g, x) => g.MeanShift(x, [0.5f, -2])).Values);

    [Fact]
    public void AddParameter_AddsTheMap() =>
        AssertEqual([11, 22, 33, 44], Run(new(2, 1, 2), [1, 2, 3, 4], (g, x) => g.AddParameter("p", x, Initializer.Zeros), ("p.weight", [10, 20, 30, 40])).Values);

    [Fact]
    public void Add_OfAMapAndItsDouble_IsThreeTimesIt() =>
        AssertEqual([-6, 0, 9], Run([-2, 0, 3], (g, x) => g.Add(x, g.Scale(x, 2))));

    [Fact]
    public void Multiply_ByEachGateShape_Broadcasts()
    {
        // Channels (1, 2) and (3, 5) of a 1x2 map; averages per channel 1.5 and 4, per position 2 and 3.5.
        double[] values = [1, 2, 3, 5];
        AssertEqual([1, 4, 9, 25], Run(new(2, 1, 2), values, (g, x) => g.Multiply(x, x)).Values);
        AssertEqual([1.5, 3, 12, 20], Run(new(2, 1, 2), values, (g, x) => g.Multiply(x, g.GlobalPool(x, SuperRes.Networks.Operations.PoolKind.Average))).Values);
        AssertEqual([2, 7, 6, 17.5], Run(new(2, 1, 2), values, (g, x) => g.Multiply(x, g.ChannelPool(x, SuperRes.Networks.Operations.PoolKind.Average))).Values);
    }

    [Fact]
    public void Concat_StacksChannelsInOrder()
    {
        var y = Run(new(2, 1, 1), [1, 2], (g, x) => g.Concat(x, g.Scale(x, 10)));
        AssertEqual([1, 2, 10, 20], y.Values);
    }

    [Fact]
    public void Flatten_KeepsTheOrder()
    {
        var y = Run(new(2, 2, 1), [1, 2, 3, 4], (g, x) => g.Flatten(x));
        Assert.Equal((4, 1, 1), (y.Channels, y.Height, y.Width));
        AssertEqual([1, 2, 3, 4], y.Values);
    }
}
