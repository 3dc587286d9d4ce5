using SuperRes.Evaluation.Studies;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class FrozenGatesTests
{
    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void Of_AnyImage_HasTheGatesOfTheMeans(bool batchNorm, bool channel, bool spatial)
    {
        var model = Model.Initialize(new EdsrOptions(Scale: 2, Blocks: 2, Features: 4, Attention: new CbamOptions(2, batchNorm, Channel: channel, Spatial: spatial)), seed: 3);
        GateMeans[] means = [.. AttentionMaps.Compute(model, Noise(1)).Select((module, i) => new GateMeans(module.Name, channel ? [0.1f, 0.25f, 0.5f, 0.9f] : null, spatial ? 0.3f + (0.1f * i) : null))];

        var frozen = AttentionMaps.Compute(FrozenGates.Of(model, means), Noise(2));

        Assert.Equal(2, frozen.Count);
        foreach (var (module, mean) in frozen.Zip(means))
        {
            Assert.Equal(mean.Channels?.Select(gate => Math.Round(gate, 5)) ?? [], module.ChannelWeights?.Select(gate => Math.Round(gate, 5)) ?? []);
            Assert.Equal(spatial, module.Spatial is not null);
            Assert.All(module.Spatial?.Weights.ToArray() ?? [], gate => Assert.Equal(mean.Positions!.Value, gate, 1e-5));
        }
    }

    [Fact]
    public void Of_OtherWeights_StayAsTheyAre()
    {
        var model = Model.Initialize(new EspcnOptions(Scale: 2, Attention: new CbamOptions()), seed: 3);

        var frozen = FrozenGates.Of(model, [.. AttentionMaps.Compute(model, Noise(1)).Select(module => new GateMeans(module.Name, module.ChannelWeights, 0.5f))]);

        string[] changed = [.. model.Weights.Names.Where(name => !ReferenceEquals(model.Weights[name], frozen.Weights[name])).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(changed);
        Assert.All(changed, name => Assert.True(name.Contains(".channel.mlp.2.", StringComparison.Ordinal) || name.Contains(".spatial.conv.", StringComparison.Ordinal), name));
    }

    private static ImageBuffer Noise(int seed)
    {
        var random = new Random(seed);
        var image = new ImageBuffer(9, 8, ColorModel.Rgb, SampleType.UInt8);
        random.NextBytes(image.Samples<byte>());
        return image;
    }
}
