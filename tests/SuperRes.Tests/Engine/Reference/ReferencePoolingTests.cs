using SuperRes.Networks.Operations;
using static SuperRes.Tests.Engine.Reference.ReferenceOperation;

namespace SuperRes.Tests.Engine.Reference;

/// <summary>Pooling, rearrangement, resampling and attention, against values computed by hand.</summary>
public sealed class ReferencePoolingTests
{
    [Theory]
    [InlineData(PoolKind.Average, 2.5, -4)]
    [InlineData(PoolKind.Max, 4, -1)]
    public void GlobalPool_ReducesEachChannel(PoolKind pool, double first, double second)
    {
        var y = Run(new(2, 2, 2), [1, 2, 3, 4, -1, -2, -3, -10], (g, x) => g.GlobalPool(x, pool));
        Assert.Equal((2, 1, 1), (y.Channels, y.Height, y.Width));
        AssertEqual([first, second], y.Values);
    }

    [Theory]
    [InlineData(PoolKind.Average, 2, 1)]
    [InlineData(PoolKind.Max, 5, 2)]
    public void ChannelPool_ReducesEachPosition(PoolKind pool, double first, double second)
    {
        var y = Run(new(3, 1, 2), [1, 2, 5, 0, 0, 1], (g, x) => g.ChannelPool(x, pool));
        Assert.Equal((1, 1, 2), (y.Channels, y.Height, y.Width));
        AssertEqual([first, second], y.Values);
    }

    [Fact]
    public void MaxPool2d_DropsTheOddBorder()
    {
        var y = Run(new(1, 3, 5), [1, 2, 3, 4, 99, 5, 6, 9, 8, 99, 99, 99, 99, 99, 99], (g, x) => g.MaxPool(x, 2));
        AssertEqual([6, 9], y.Values);
    }

    [Fact]
    public void PixelShuffle_FillsRowsFirst()
    {
        // Shi et al. 2016, equation 4; the channels of one pixel become a 2x2 block row by row.
        var y = Run(new(4, 1, 2), [1, 5, 2, 6, 3, 7, 4, 8], (g, x) => g.PixelShuffle(x, 2));
        AssertEqual([1, 2, 5, 6, 3, 4, 7, 8], y.Values);
    }

    [Fact]
    public void PixelShuffle_ToSeveralChannels_KeepsAChannelsPixelsTogether()
    {
        var y = Run(new(8, 1, 1), [1, 2, 3, 4, 5, 6, 7, 8], (g, x) => g.PixelShuffle(x, 2));
        AssertEqual([1, 2, 3, 4, 5, 6, 7, 8], y.Values);
        Assert.Equal((2, 2, 2), (y.Channels, y.Height, y.Width));
    }

    [Fact]
    public void BicubicUpsample_OfAPulse_GivesKeysKernel()
    {
        // At factor 2 the samples lie 0.25, 0.75, 1.25 and 1.75 pixels from the pulse: with a = -0.5 Keys's polynomial gives
        // 0.8671875, 0.2265625, -0.0703125 and -0.0234375. Vertically the single row repeats, so its weights sum to 1.
        var y = Run(new(1, 1, 7), [0, 0, 0, 1, 0, 0, 0], (g, x) => g.BicubicUpsample(x, 2));
        Assert.Equal((2, 14), (y.Height, y.Width));
        double[] row = [0, 0, 0, -0.0234375, -0.0703125, 0.2265625, 0.8671875, 0.8671875, 0.2265625, -0.0703125, -0.0234375, 0, 0, 0];
        AssertEqual([.. row, .. row], y.Values);
    }

    [Fact]
    public void BicubicUpsample_AtTheBorder_RepeatsTheEdge()
    {
        // (1, 0) at factor 2: the first sample, at -0.25, gives the edge pixel all weights but that of its right neighbour at 1.25.
        var y = Run(new(1, 2, 1), [1, 0], (g, x) => g.BicubicUpsample(x, 2));
        AssertEqual([1.0703125, 1.0703125, 0.796875, 0.796875], y.Values[..4]);
    }

    [Fact]
    public void SelfAttention_WithOneHead_AveragesTheValuesByTheScores()
    {
        // Two positions, d = 1. Queries (1, 0), keys (ln 3, 0), values (8, 4): the first query's scores are ln 3 and 0, so
        // its weights 3/4 and 1/4; the second's are equal.
        var y = Run(new(3, 1, 2), [1, 0, Math.Log(3), 0, 8, 4], (g, x) => g.SelfAttention(x, heads: 1));
        AssertEqual([7, 6], y.Values);
    }

    [Fact]
    public void SelfAttention_WithDepthFour_DividesTheScoresByTwo()
    {
        // One head of d = 4; q . k is 2 ln 3 for the first key and 0 for the second: after division by sqrt(4) again 3/4 and 1/4.
        double[] q = [1, 1, 1, 1, 0, 0, 0, 0];
        double[] k = [Math.Log(3), 0, Math.Log(3), 0, 0, 0, 0, 0];
        double[] v = [8, 4, 0, 4, 0, 0, 1, 1];
        var y = Run(new(12, 1, 2), [.. q, .. k, .. v], (g, x) => g.SelfAttention(x, heads: 1));
        AssertEqual([7, 7, 1, 1, 0, 0, 1, 1], y.Values);
    }

    [Fact]
    public void SelfAttention_WithTwoHeads_KeepsThemApart()
    {
        // d = 1: head 0 has the scores of the one-head test, head 1 queries of zero and so equal weights.
        double[] q = [1, 0, 0, 0];
        double[] k = [Math.Log(3), 0, 5, 0];
        double[] v = [8, 4, 8, 4];
        var y = Run(new(6, 1, 2), [.. q, .. k, .. v], (g, x) => g.SelfAttention(x, heads: 2));
        AssertEqual([7, 6, 6, 6], y.Values);
    }
}
