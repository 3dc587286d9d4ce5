using SuperRes.Engine.Reference;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks.Analysis;

public sealed class ReceptiveFieldTests
{
    public static TheoryData<string> LocalNetworks =>
        [.. NetworkCatalogue.Entries.Where(entry => entry.Options is not VitOptions && entry.Options.Scale is 2 or 3 or 4).Select(entry => entry.Name)];

    // Head, 32 convolutions in blocks, body.last and the first upsampling convolution: 35; half a pixel at x2 and a quarter at x4 complete the 36th.
    [Fact]
    public void Find_OfEdsrBaseline_IsThirtySix() =>
        Assert.Equal(new ReceptiveField(36, 36, 36, 36, 1), new GraphAnalysis(new EdsrOptions().BuildGraph()).ReceptiveField);

    // 5x5, 3x3, 3x3: 2 + 1 + 1.
    [Fact]
    public void Find_OfEspcn_IsFour() =>
        Assert.Equal(new ReceptiveField(4, 4, 4, 4, 1), new GraphAnalysis(new EspcnOptions().BuildGraph()).ReceptiveField);

    [Fact]
    public void Find_OfAStridedConvolution_DependsOnThePosition()
    {
        var g = new GraphBuilder();
        var graph = g.Build(g.PixelShuffle(g.Conv("c", g.Input, 12, kernel: 2, stride: 2, padding: 0), 2));
        Assert.Equal(new ReceptiveField(1, 1, 1, 1, 2), new GraphAnalysis(graph).ReceptiveField);
    }

    /// <summary>
    /// Makes one input pixel NaN: exactly the outputs computed from it turn NaN. Seen from the other side, an output pixel
    /// that turned NaN looks at least as far as it is away.
    /// </summary>
    [Theory]
    [MemberData(nameof(LocalNetworks))]
    public void Find_OfACatalogueNetwork_IsHowFarADisturbanceSpreads(string name)
    {
        var named = NetworkCatalogue.Find(name).Options;
        // Global pooling would spread it everywhere; the spatial gate is what reaches a neighbourhood.
        var attention = named.Attention is { } cbam ? cbam with { Channel = false, SpatialKernel = 3 } : null;
        var options = Tiny(named) with { Attention = attention };
        var graph = options.BuildGraph();
        var expected = new GraphAnalysis(graph).ReceptiveField;

        var size = (2 * expected.Largest) + 3;
        var centre = size / 2;
        var picture = Pictures.Random(1, 3, size, size);
        picture[0, 0, centre, centre] = double.NaN;
        var y = new ReferenceExecutor(graph, Weights.Initialize(graph, 1)).Run(picture).Output;
        var rows = Enumerable.Range(0, y.Height).Where(row => Enumerable.Range(0, y.Width).Any(column => double.IsNaN(y[0, 0, row, column]))).Select(row => row / options.Scale).ToList();
        var columns = Enumerable.Range(0, y.Width).Where(column => Enumerable.Range(0, y.Height).Any(row => double.IsNaN(y[0, 0, row, column]))).Select(column => column / options.Scale).ToList();
        Assert.Equal(
            expected with { Alignment = 1 },
            new ReceptiveField(rows.Max() - centre, centre - rows.Min(), columns.Max() - centre, centre - columns.Min(), 1));
    }

    private static NetworkOptions Tiny(NetworkOptions options) => options switch
    {
        EdsrOptions edsr => edsr with { Blocks = 1, Features = 2 },
        SrResNetOptions srResNet => srResNet with { Blocks = 1, Features = 2 },
        LapSrnOptions lapSrn => lapSrn with { Blocks = 1, Features = 2 },
        VdsrOptions vdsr => vdsr with { Layers = 4, Features = 2 },
        _ => options,
    };
}
