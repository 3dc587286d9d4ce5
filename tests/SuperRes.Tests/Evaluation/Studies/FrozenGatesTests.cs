using SuperRes.Evaluation.Studies;
using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class FrozenGatesTests
{
    private const int Width = 9;
    private const int Height = 8;
    private const int Border = 3;

    private static ImageBuffer Seen => TestPatterns.Noise(10, 9, ColorModel.Rgb, SampleType.UInt8);

    private static ImageBuffer Other => TestPatterns.Noise(Width, Height, ColorModel.Rgb, SampleType.UInt8);

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void Of_AnyImage_HasTheGatesOfTheMeans(bool batchNorm, bool channel, bool spatial)
    {
        var model = Create(new CbamOptions(2, batchNorm, Channel: channel, Spatial: spatial));
        GateMeans[] means = [.. AttentionMaps.Compute(model, Seen).Select((module, i) => new GateMeans(
            module.Name, channel ? [0.1f, 0.25f, 0.5f, 0.9f] : null, spatial ? new SpatialMeans(-0.5f + i, 0.2f, 0.7f) : null))];

        var frozen = AttentionMaps.Compute(FrozenGates.Of(model, means), Other);

        Assert.Equal(2, frozen.Count);
        foreach (var (module, mean) in frozen.Zip(means))
        {
            Assert.Equal(mean.Channels?.Select(gate => Math.Round(gate, 5)) ?? [], module.ChannelWeights?.Select(gate => Math.Round(gate, 5)) ?? []);
            Assert.Equal(spatial, module.Spatial is not null);
            Assert.All(Inside(module.Spatial), gate => Assert.Equal(1 / (1 + Math.Exp(-mean.Spatial!.Logit)), gate, 1e-5));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)] // What the logistic function of it is has no digits left to tell it from others.
    public void Of_GatesThatSeeNothing_ChangesNothingAndKeepsTheBorder(float logit)
    {
        var model = Create(new CbamOptions(2, GateInput: CbamGateInput.Constant));
        Array.Fill(model.Weights["body.0.attention.spatial.conv.weight"].Values, logit / 98);
        var options = MethodOptions.Default;
        var means = GateMeasurer.SumUp([AttentionMaps.ComputeWithInputs(model, Seen, options, TestContext.Current.CancellationToken)], Border).Modules;

        var (before, after) = (AttentionMaps.Compute(model, Other), AttentionMaps.Compute(FrozenGates.Of(model, means), Other));

        Assert.NotEqual(before[1].Spatial!.Weights.Span[0], before[1].Spatial!.Weights.Span[(Border * Width) + Border], 1e-4);
        foreach (var (module, frozen) in before.Zip(after))
        {
            Assert.Equal(module.ChannelWeights!.Select(gate => Math.Round(gate, 5)), frozen.ChannelWeights!.Select(gate => Math.Round(gate, 5)));
            Assert.All(module.Spatial!.Weights.ToArray().Zip(frozen.Spatial!.Weights.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void Of_OtherWeights_StayAsTheyAre()
    {
        var model = Create(new CbamOptions());

        var frozen = FrozenGates.Of(model, [.. AttentionMaps.Compute(model, Seen).Select(module => new GateMeans(module.Name, module.ChannelWeights, new SpatialMeans(0.5f, 1, 1)))]);

        string[] changed = [.. model.Weights.Names.Where(name => !ReferenceEquals(model.Weights[name], frozen.Weights[name])).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(changed);
        Assert.All(changed, name => Assert.True(name.Contains(".channel.mlp.2.", StringComparison.Ordinal) || name.Contains(".spatial.conv.", StringComparison.Ordinal), name));
    }

    private static Model Create(CbamOptions attention) => Model.Initialize(new EdsrOptions(Scale: 2, Blocks: 2, Features: 4, Attention: attention), seed: 3);

    private static IEnumerable<float> Inside(SpatialAttention? map) => map is null ? [] :
        from y in Enumerable.Range(Border, Height - (2 * Border))
        from x in Enumerable.Range(Border, Width - (2 * Border))
        select map.Weights.Span[(y * Width) + x];
}
