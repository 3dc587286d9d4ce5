using SuperRes.Engine.Compilation;
using SuperRes.Engine.Simd;
using SuperRes.Engine.Steps;
using SuperRes.Networks;

namespace SuperRes.Tests.Engine.Steps;

public sealed class WinogradWeightsTests
{
    [Fact]
    public void Groups_OfATransposedConvolution_LeaveOutTheProductsOfOnePoint()
    {
        // By hand: phase 0 sees the input before a pixel and at it, so its kernel has no last tap and nothing at infinity,
        // the last of 8 points; phase 1 has no first tap and nothing at 0, the first of them.
        var (rowOf, columnOf) = (Enumerable.Range(0, 64).Select(i => i / 8), Enumerable.Range(0, 64).Select(i => i % 8));
        foreach (var (group, phase) in Groups(g => g.ConvTranspose("up", g.Conv("head", g.Input, 16, kernel: 3), 16)).Select((group, phase) => (group, phase)))
        {
            var (noRow, noColumn) = (phase / 2 == 0 ? 7 : 0, phase % 2 == 0 ? 7 : 0);
            Assert.Equal(rowOf.Zip(columnOf, (row, column) => row == noRow || column == noColumn), Enumerable.Range(0, 64).Select(group.IsZero));
        }
    }

    [Fact]
    public void Groups_OfAConvolution_LeaveOutNothing() =>
        Assert.All(Groups(g => g.Conv("up", g.Conv("head", g.Input, 16, kernel: 3), 64, kernel: 3)), group => Assert.Equal(0UL, group.Zeros));

    private static WinogradWeights<Simd128>.Group[] Groups(Func<GraphBuilder, Node> build)
    {
        var g = new GraphBuilder();
        var node = build(g);
        var graph = g.Build(node);
        var convolution = ConvolutionReader.Read(node.Operation, Weights.Initialize(graph, seed: 1))!;
        using var weights = new WinogradWeights<Simd128>(convolution, new ChannelLayout(convolution));
        return weights.Groups;
    }
}
