using SuperRes.Networks;
using SuperRes.Networks.Operations;
using static SuperRes.Tests.Engine.Reference.ReferenceOperation;

namespace SuperRes.Tests.Engine.Reference;

/// <summary>Expected values are computed by hand, the sums written out where they are not obvious.</summary>
public sealed class ReferenceConvolutionTests
{
    private static readonly double[] OneToNine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void Conv2d_OfABoxOfOnes_SumsTheNeighboursAndZerosOutside()
    {
        var y = Run(new(1, 3, 3), OneToNine, (g, x) => g.Conv("c", x, 1, kernel: 3), ("c.weight", [1, 1, 1, 1, 1, 1, 1, 1, 1]), ("c.bias", [100]));
        AssertEqual([112, 121, 116, 127, 145, 133, 124, 139, 128], y.Values);
    }

    [Fact]
    public void Conv2d_WithOneTap_ReadsRowByRowWithoutFlippingTheKernel()
    {
        // Only w[0][2] is set, which is the neighbour above to the right: cross-correlation, not convolution.
        var y = Run(new(1, 3, 3), OneToNine, (g, x) => g.Conv("c", x, 1, kernel: 3, bias: false), ("c.weight", [0, 0, 1, 0, 0, 0, 0, 0, 0]));
        AssertEqual([0, 0, 0, 2, 3, 0, 5, 6, 0], y.Values);
    }

    [Fact]
    public void Conv2d_WithStrideTwo_StartsAtTheCorner()
    {
        // Rows and columns 0 and 2 are the centres.
        var y = Run(new(1, 3, 3), OneToNine, (g, x) => g.Conv("c", x, 1, kernel: 3, stride: 2, bias: false), ("c.weight", [1, 1, 1, 1, 1, 1, 1, 1, 1]));
        Assert.Equal((2, 2), (y.Height, y.Width));
        AssertEqual([12, 16, 24, 28], y.Values);
    }

    [Fact]
    public void Conv2d_OverChannels_TakesTheWeightAsOutputInput()
    {
        // Two pixels, channels (1, 2) and (10, 20); y0 = x0 + 2 x1 + 0.5, y1 = 3 x0 + 4 x1, y2 = x1 - x0 - 0.5.
        var y = Run(new(2, 1, 2), [1, 2, 10, 20], (g, x) => g.Conv("c", x, 3, kernel: 1), ("c.weight", [1, 2, 3, 4, -1, 1]), ("c.bias", [0.5, 0, -0.5]));
        AssertEqual([21.5, 42.5, 43, 86, 8.5, 17.5], y.Values);
    }

    [Fact]
    public void Conv2d_WithoutPadding_ShrinksTheMap()
    {
        var y = Run(new(1, 3, 3), OneToNine, (g, x) => g.Conv("c", x, 1, kernel: 2, padding: 0, bias: false), ("c.weight", [1, 10, 100, 1000]));
        // Top left: 1 + 20 + 400 + 5000.
        AssertEqual([5421, 6532, 8754, 9865], y.Values);
    }

    [Fact]
    public void ConvTranspose2d_OfOnePixel_PlacesTheKernel()
    {
        // Stride 2, kernel 4, padding 1: the 4x4 kernel without its border.
        double[] kernel = [.. Enumerable.Range(0, 16).Select(i => (double)i)];
        var y = Run(new(1, 1, 1), [2], (g, x) => g.ConvTranspose("c", x, 1), ("c.weight", kernel), ("c.bias", [0.5]));
        AssertEqual([10.5, 12.5, 18.5, 20.5], y.Values);
    }

    [Fact]
    public void ConvTranspose2d_WithTheBilinearKernel_IsBilinearUpsampling()
    {
        // Along a row of (4, 8): 4 * 0.75 (zero outside), 4 * 0.75 + 8 * 0.25, 4 * 0.25 + 8 * 0.75, 8 * 0.75; the single row itself is weighted 0.75.
        double[] tent = [0.25, 0.75, 0.75, 0.25];
        double[] kernel = [.. tent.SelectMany(y => tent.Select(x => x * y))];
        var y = Run(new(1, 1, 2), [4, 8], (g, x) => g.ConvTranspose("c", x, 1, bias: false), ("c.weight", kernel));
        Assert.Equal((2, 4), (y.Height, y.Width));
        double[] row = [3 * 0.75, 5 * 0.75, 7 * 0.75, 6 * 0.75];
        AssertEqual([.. row, .. row], y.Values);
    }

    [Fact]
    public void ConvTranspose2d_OverChannels_TakesTheWeightAsInputOutput()
    {
        // One pixel with channels (1, 10); w[i, o] is 1 at every tap times (o + 1) for i = 0 and times (o + 3) for i = 1.
        double[] Taps(double value) => [.. Enumerable.Repeat(value, 16)];
        var y = Run(new(2, 1, 1), [1, 10], (g, x) => g.ConvTranspose("c", x, 2, bias: false), ("c.weight", [.. Taps(1), .. Taps(2), .. Taps(3), .. Taps(4)]));
        AssertEqual([31, 31, 31, 31, 42, 42, 42, 42], y.Values);
    }

    [Fact]
    public void Linear_AtEachPosition_MultipliesTheChannels()
    {
        var y = Run(new(2, 2, 1), [1, 2, 10, 20], (g, x) => g.Linear("l", x, 3), ("l.weight", [1, 2, 3, 4, -1, 1]), ("l.bias", [0.5, 0, -0.5]));
        AssertEqual([21.5, 42.5, 43, 86, 8.5, 17.5], y.Values);
    }

    [Fact]
    public void Run_ForEachOfABatch_IsTheSameAsAlone()
    {
        var g = new GraphBuilder(1, 2, 2);
        var graph = g.Build(g.Conv("c", g.Input, 1, kernel: 3, bias: false));
        var executor = new SuperRes.Engine.Reference.ReferenceExecutor(graph, new Dictionary<string, double[]> { ["c.weight"] = [1, 1, 1, 1, 1, 1, 1, 1, 1] });
        AssertEqual([10, 10, 10, 10, 26, 26, 26, 26], executor.Run(new(2, 1, 2, 2, [1, 2, 3, 4, 5, 6, 7, 8])).Output.Values);
    }
}
