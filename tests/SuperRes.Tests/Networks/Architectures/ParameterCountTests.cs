using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks.Architectures;

/// <summary>Parameter counts against the papers' and, where those work on luma or print none, against sums by hand.</summary>
public sealed class ParameterCountTests
{
    private static int Conv(int from, int to, int kernel) => (from * to * kernel * kernel) + to;

    [Fact]
    public void Edsr_Baseline_IsThePublishedOne() =>
        Assert.Equal(1_517_571, new EdsrOptions().BuildGraph().TrainableCount);

    // Lim et al. 2017, table 1: 43M for EDSR; 43,089,923 in the authors' released model at x4.
    [Fact]
    public void Edsr_Large_IsThePublishedOne() =>
        Assert.Equal(43_089_923, new EdsrOptions { Blocks = 32, Features = 256, ResidualScale = 0.1f }.BuildGraph().TrainableCount);

    [Fact]
    public void SrResNet_IsThePublishedOneWithStatisticsBeside()
    {
        var graph = new SrResNetOptions().BuildGraph();
        Assert.Equal(1_550_659, graph.TrainableCount);
        Assert.Equal(4_224, graph.Parameters.Where(parameter => !parameter.Trainable).Sum(parameter => parameter.Count));
    }

    [Fact]
    public void SrganDiscriminator_AtTheDefaultSize_IsTheSumOfItsLayers()
    {
        int[] features = [64, 64, 128, 128, 256, 256, 512, 512];
        var convolutions = Conv(3, 64, 3) + Enumerable.Range(1, 7).Sum(i => Conv(features[i - 1], features[i], 3) + (2 * features[i]));
        Assert.Equal(convolutions + (512 * 6 * 6 * 1024) + 1024 + 1024 + 1, new SrganDiscriminatorOptions().BuildGraph().TrainableCount);
    }

    [Fact]
    public void SrganDiscriminator_WithMoreWeightsThanAnArrayHolds_IsAFault() =>
        Assert.Contains("4294967296 weights", Assert.Single(new SrganDiscriminatorOptions(InputSize: 512, DenseUnits: 8192).Validate()), StringComparison.Ordinal);

    [Fact]
    public void Espcn_OnRgb_IsTheSumOfItsLayers() =>
        Assert.Equal(37_200, new EspcnOptions().BuildGraph().TrainableCount);

    [Fact]
    public void LapSrn_AtX4_HasTwentySevenLayersAndTheirParameters()
    {
        var graph = new LapSrnOptions().BuildGraph();
        // Weights of four dimensions: convolutions and transposed convolutions.
        Assert.Equal(27, graph.Parameters.Count(parameter => parameter.Shape.Count == 4));
        var level = (10 * Conv(64, 64, 3)) + Conv(64, 64, 4) + Conv(64, 3, 3) + (3 * 3 * 16);
        Assert.Equal(Conv(3, 64, 3) + (2 * level), graph.TrainableCount);
    }

    // Dong et al. 2014, section 4.3.2: 8,032, 24,416 and 57,184 weights (without biases) on luma.
    [Theory]
    [InlineData(1, 8_032)]
    [InlineData(3, 24_416)]
    [InlineData(5, 57_184)]
    public void Srcnn_OnRgb_AddsTwoColoursToThePublishedCount(int middleKernel, int published)
    {
        var twoColours = 2 * ((9 * 9 * 64) + (5 * 5 * 32));
        const int Biases = 64 + 32 + 3;
        Assert.Equal(published + twoColours + Biases, new SrcnnOptions { MiddleKernel = middleKernel }.BuildGraph().TrainableCount);
    }

    // Kim et al. 2016 on luma: 9 * 64 + 18 * 9 * 64 * 64 + 9 * 64 = 664,704 weights, the 665K of later comparisons.
    [Fact]
    public void Vdsr_OnRgb_AddsTwoColoursToThePublishedCount() =>
        Assert.Equal(664_704 + (2 * 2 * 9 * 64) + (19 * 64) + 3, new VdsrOptions().BuildGraph().TrainableCount);

    [Fact]
    public void Vit_IsTheSumOfItsLayers()
    {
        const int D = 192;
        var block = (2 * 2 * D) + (D * 3 * D) + (3 * D) + (D * D) + D + (D * 4 * D) + (4 * D) + (4 * D * D) + D;
        var head = (2 * D) + (D * 256) + 256 + Conv(64, 64, 3) + Conv(64, 48, 3);
        Assert.Equal(Conv(3, D, 2) + (D * 24 * 24) + (12 * block) + head, new VitOptions().BuildGraph().TrainableCount);
    }

    // 20,024,384 values in the convolutions of torchvision's vgg19.
    [Fact]
    public void Vgg19_ToTheLastConvolution_HasAllOfTorchvisions()
    {
        var graph = new Vgg19Options().BuildGraph();
        Assert.Equal(20_024_384, graph.TrainableCount);
        Assert.Equal("features.34.bias", graph.Parameters[^1].Name);
        Assert.Equal("features.7.bias", new Vgg19Options { Layer = Vgg19Layer.Conv22 }.BuildGraph().Parameters[^1].Name);
    }

    // Per module: C -> C/8 -> C with biases, and 2 * 49 + 1 for the spatial gate.
    [Fact]
    public void Cbam_AtEachBlockOfEdsr_AddsSixteenModules()
    {
        const int Module = (64 * 8) + 8 + (8 * 64) + 64 + (2 * 49) + 1;
        Assert.Equal(1_517_571 + (16 * Module), new EdsrOptions { Attention = new CbamOptions() }.BuildGraph().TrainableCount);
    }
}
