using SuperRes.Networks;
using SuperRes.Networks.Analysis;

namespace SuperRes.Tests.Networks.Analysis;

public sealed class GraphTableTests
{
    [Fact]
    public void Render_OfASmallNetwork_IsAnAlignedTable()
    {
        var g = new GraphBuilder();
        var head = g.Conv("head", g.Input, 12, kernel: 3, stride: 2);
        var mix = g.Linear("mix", g.LeakyRelu(head, 0.2f), 12);
        var graph = g.Build(g.PixelShuffle(g.Add(g.Reuse(mix, head), mix), 2));
        // 3x3 over 3 to 12 channels: 324 + 12 values, 324 products at 25 positions; 12 to 12: 144 + 12 and 144 * 25, the second time without new values.
        const string Expected = """
            Node                    Operation            Output   Parameters    MACs  Reads
            ----------------------------------------------------------------------------------------
            x                       Input                3x10x10
            head                    Conv2d 3x3 stride 2  12x5x5          336   8,100
            head.leakyrelu          LeakyRelu 0.2        12x5x5
            mix                     Linear               12x5x5          156   3,600
            mix.again               Linear               12x5x5                3,600  head
            mix.again.add           Add                  12x5x5                       mix.again, mix
            mix.again.pixelshuffle  PixelShuffle x2      3x10x10
            ----------------------------------------------------------------------------------------
            Total                                                        492  15,300

            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), GraphTable.Render(graph, 10, 10));
    }
}
