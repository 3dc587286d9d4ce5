using SuperRes.Evaluation.Studies;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class GateMeasurerTests
{
    [Fact]
    public void SumUp_ChannelsThatDifferBetweenImages_IsTheirCoefficientOfVariation()
    {
        // 0.4 and 0.6: mean 0.5, deviation sqrt(2 * 0.01) = 0.14142136 with n - 1. The other channel stays.
        var (channel, spatial, _) = GateMeasurer.SumUp([[Channels(0.4f, 0.5f)], [Channels(0.6f, 0.5f)]], border: 0);

        Assert.Equal(0.5, channel!.Mean, 6);
        Assert.Equal(0.28284271 / 2, channel.Variation, 1e-6);
        Assert.Null(spatial);
    }

    [Fact]
    public void SumUp_PixelsThatDiffer_IsTheirCoefficientOfVariationWithinEachImage()
    {
        // Images differ from each other and not within: that is no looking around.
        var (channel, flat, _) = GateMeasurer.SumUp([[Map(2, 0.2f, 0.2f, 0.2f, 0.2f)], [Map(2, 0.8f, 0.8f, 0.8f, 0.8f)]], border: 0);
        // Deviation of 0.2, 0.2, 0.6, 0.6 with n - 1: sqrt(4 * 0.04 / 3) = 0.230940, of a mean of 0.4.
        var (_, edged, _) = GateMeasurer.SumUp([[Map(2, 0.2f, 0.2f, 0.6f, 0.6f)]], border: 0);

        Assert.Null(channel);
        Assert.Equal((0.5, 0), (Math.Round(flat!.Mean, 6), Math.Round(flat.Variation, 6)));
        Assert.Equal(0.577350, edged!.Variation, 1e-6);
    }

    [Fact]
    public void SumUp_ABorder_LeavesItOut()
    {
        var (_, spatial, _) = GateMeasurer.SumUp([[Map(4, 9, 9, 9, 9, 9, 0.5f, 0.5f, 9, 9, 0.5f, 0.5f, 9, 9, 9, 9, 9)]], border: 1);
        var (_, nothing, _) = GateMeasurer.SumUp([[Map(2, 1, 1, 1, 1)]], border: 1);

        Assert.Equal(new GateWeights(0.5, 0), spatial);
        Assert.Null(nothing);
    }

    [Fact]
    public void SumUp_GatesThatAreShutToTheLastBit_DoNotVary()
    {
        var (channel, spatial, _) = GateMeasurer.SumUp([[Channels(0, 0.4f), Map(2, 0, 0, 0, 0)], [Channels(0, 0.6f), Map(2, 0, 0, 0, 0)]], border: 0);

        Assert.Equal(0.28284271 / 2, channel!.Variation, 1e-6);
        Assert.Equal(new GateWeights(0, 0), spatial);
    }

    [Fact]
    public void SumUp_Modules_HaveTheirMeans()
    {
        var modules = GateMeasurer.SumUp([[Channels(0.4f, 0.5f), Map(2, 0.1f, 0.3f)], [Channels(0.6f, 0.5f), Map(1, 0.4f, 0.6f)]], border: 0).Modules;

        Assert.Equal([0.5f, 0.5f], modules[0].Channels!.Select(mean => MathF.Round(mean, 6)));
        Assert.Equal((3.5f, 2f, 6f), (MathF.Round(modules[1].Spatial!.Logit, 5), modules[1].Spatial!.Average, modules[1].Spatial!.Maximum));
        Assert.Null(modules[0].Spatial);
    }

    private static ModuleView Channels(params float[] weights) => new(new AttentionLayer("body.0.attention", 1, weights, null));

    private static ModuleView Map(int width, params float[] weights) =>
        new(new AttentionLayer("body.0.attention", 1, null, new SpatialAttention(width, weights.Length / width, weights)), new SpatialView([.. weights.Select(weight => 10 * weight)], [.. weights.SelectMany(_ => (float[])[2, 6])]));
}
