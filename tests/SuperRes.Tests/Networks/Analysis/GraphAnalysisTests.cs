using SuperRes.Networks;
using SuperRes.Networks.Analysis;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks.Analysis;

public sealed class GraphAnalysisTests
{
    private static GraphAnalysis Of(GraphOptions options) => new(options.BuildGraph());

    // Per LR pixel: 9 * (3 * 64 + 33 * 64 * 64) at x1, 9 * 64 * 256 at x1 and four times at x2, 9 * 64 * 3 sixteen times at x4.
    [Fact]
    public void MacsPerInputPixel_OfEdsrBaseline_IsTheSumByHand()
    {
        Assert.Equal((9 * ((3 * 64) + (33 * 64 * 64))) + (5 * 9 * 64 * 256) + (16 * 9 * 64 * 3), Of(new EdsrOptions()).MacsPerInputPixel);
        Assert.Equal(1_983_168L * 320 * 180, Of(new EdsrOptions()).Macs(180, 320));
    }

    // 25 * 3 * 64 + 9 * 64 * 32 + 9 * 32 * 48 per LR pixel.
    [Fact]
    public void MacsPerInputPixel_OfEspcn_IsTheSumByHand() =>
        Assert.Equal(4_800 + 18_432 + 13_824, Of(new EspcnOptions()).MacsPerInputPixel);

    // A transposed 4x4 convolution of stride 2 does 16 products per input pixel and pair of channels.
    [Fact]
    public void MacsPerInputPixel_OfLapSrn_CountsTransposedConvolutionsPerInputPixel()
    {
        const int Level = (10 * 9 * 64 * 64) + (16 * 64 * 64) + (16 * 3 * 3) + (4 * 9 * 64 * 3);
        Assert.Equal((9 * 3 * 64) + Level, Of(new LapSrnOptions { Scale = 2 }).MacsPerInputPixel);
    }

    [Fact]
    public void MacsPerInputPixel_OfVit_IsWithinATwentiethOfEdsrs() =>
        Assert.Equal(1, Of(new VitOptions()).MacsPerInputPixel / Of(new EdsrOptions()).MacsPerInputPixel, 0.05);

    [Fact]
    public void WholeImageNodes_AreGlobalPoolingAndAttention()
    {
        Assert.Empty(Of(new EdsrOptions()).WholeImageNodes);
        Assert.Equal(32, Of(new EdsrOptions { Attention = new CbamOptions() }).WholeImageNodes.Count);
        Assert.Empty(Of(new EdsrOptions { Attention = new CbamOptions { Channel = false } }).WholeImageNodes);
        Assert.Equal(12, Of(new VitOptions()).WholeImageNodes.Count);
    }

    [Fact]
    public void SizeRequirements_AreFoundByShape()
    {
        Assert.Equal((false, 1, 1), Requirements(new EdsrOptions()));
        Assert.Equal((true, 48, 48), Requirements(new VitOptions()));
        Assert.Equal((true, 96, 96), Requirements(new SrganDiscriminatorOptions()));
        Assert.Equal((false, 16, 16), Requirements(new Vgg19Options()));

        static (bool, int, int) Requirements(GraphOptions options)
        {
            var analysis = Of(options);
            return (analysis.HasFixedSize, analysis.MinimumHeight, analysis.MinimumWidth);
        }
    }

    [Fact]
    public void StatisticsCount_IsBatchNormsMeansAndVariances()
    {
        Assert.Equal(4_224, Of(new SrResNetOptions()).StatisticsCount);
        Assert.Equal(0, Of(new EdsrOptions()).StatisticsCount);
    }

    // Of a 10x10 image: input 3 + a 4 + b 2 at once, then without the input 4 + 2 + 4 for the sum of a and its double.
    [Fact]
    public void PlainActivationBytes_FreesWhatIsNotReadAgain()
    {
        var g = new GraphBuilder();
        var a = g.Conv("a", g.Input, 4, 1);
        var graph = g.Build(g.Conv("c", g.Add(g.Scale(a, 2), a), 1, 1));
        // x and a: 7; then a and its double: 8; then their sum beside both: 12.
        Assert.Equal(12 * 100 * sizeof(float), new GraphAnalysis(graph).PlainActivationBytes(10, 10));
    }
}
