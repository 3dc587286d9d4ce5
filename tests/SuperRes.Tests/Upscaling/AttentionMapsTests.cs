using SuperRes.Engine.Reference;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class AttentionMapsTests
{
    private const int Width = 13;
    private const int Height = 10;

    [Theory]
    [InlineData(CbamOrder.ChannelFirst)]
    [InlineData(CbamOrder.SpatialFirst)]
    public void Compute_OfEdsr_GivesTheGatesOfEachBlock(CbamOrder order)
    {
        var model = Model.Initialize(new EdsrOptions { Blocks = 3, Features = 16, Attention = new() { Order = order } }, seed: 4);
        var image = RandomImage();
        var reference = Reference(model, image);

        var layers = AttentionMaps.Compute(model, image);

        Assert.Equal(["body.0.attention", "body.1.attention", "body.2.attention"], layers.Select(layer => layer.Name));
        Assert.Equal([1, 2, 3], layers.Select(layer => layer.Number));
        foreach (var layer in layers)
        {
            AssertEqual(reference[$"{layer.Name}.channel"], layer.ChannelWeights!);
            AssertEqual(reference[$"{layer.Name}.spatial"], layer.Spatial!.Weights.ToArray());
            Assert.Equal((Width, Height), (layer.Spatial.Width, layer.Spatial.Height));
            Assert.All(layer.ChannelWeights!.Concat(layer.Spatial.Weights.ToArray()), value => Assert.InRange(value, float.Epsilon, 1 - 1e-7f));
        }
    }

    [Fact]
    public void Compute_WhereTheMapsAloneAreMoreThanIsAllowed_IsRefused()
    {
        var model = Model.Initialize(new EdsrOptions { Blocks = 3, Features = 16, Attention = new() }, seed: 4);
        var error = Assert.Throws<UpscalingException>(() => AttentionMaps.Compute(model, RandomImage(), options: MethodOptions.Default with { MemoryBudget = 3 * 4 * Width * Height }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("the maps alone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_OfOneKindOfGate_LeavesTheOtherOut()
    {
        var channel = Model.Initialize(new EdsrOptions { Blocks = 1, Features = 8, Attention = new() { Spatial = false } }, seed: 1);
        var spatial = Model.Initialize(new EdsrOptions { Blocks = 1, Features = 8, Attention = new() { Channel = false } }, seed: 1);
        var ofChannels = Assert.Single(AttentionMaps.Compute(channel, RandomImage()));
        var ofPositions = Assert.Single(AttentionMaps.Compute(spatial, RandomImage()));
        Assert.Equal(8, ofChannels.ChannelWeights!.Count);
        Assert.Null(ofChannels.Spatial);
        Assert.Null(ofPositions.ChannelWeights);
        Assert.NotNull(ofPositions.Spatial);
    }

    [Fact]
    public void Compute_OfLapSrn_GivesEnlargedMapsUpToTheScale()
    {
        var model = Model.Initialize(new LapSrnOptions { Scale = 4, Blocks = 1, Features = 8, Attention = new() { Reduction = 2 } }, seed: 1);
        var layers = AttentionMaps.Compute(model, RandomImage());
        Assert.Equal([Width, 2 * Width], layers.Select(layer => layer.Spatial!.Width));
        Assert.Equal([1, 2], layers.Select(layer => layer.Number));
        Assert.Single(AttentionMaps.Compute(model, RandomImage(), scale: 2));
    }

    [Fact]
    public void Compute_OfGrayWithAlpha_TakesItsColourAsRgb()
    {
        var model = Model.Initialize(new EspcnOptions { Attention = new() }, seed: 1);
        var gray = new ImageBuffer(Width, Height, ColorModel.GrayAlpha, SampleType.UInt8);
        var rgb = new ImageBuffer(Width, Height, ColorModel.Rgb, SampleType.UInt8);
        for (var i = 0; i < Width * Height; i++)
        {
            gray.Samples<byte>()[2 * i] = (byte)(i * 7);
            gray.Samples<byte>()[(2 * i) + 1] = 255;
            rgb.Samples<byte>().Slice(3 * i, 3).Fill((byte)(i * 7));
        }

        Assert.Equal(
            AttentionMaps.Compute(model, rgb).Select(layer => layer.Spatial!.Weights.ToArray()),
            AttentionMaps.Compute(model, gray).Select(layer => layer.Spatial!.Weights.ToArray()));
    }

    [Fact]
    public void Compute_WithoutAttention_IsEmpty()
    {
        var model = Model.Initialize(new EspcnOptions(), seed: 1);
        Assert.False(AttentionMaps.Has(model));
        Assert.Empty(AttentionMaps.Compute(model, RandomImage()));
        Assert.True(AttentionMaps.Has(Model.Initialize(new EspcnOptions { Attention = new() }, seed: 1)));
    }

    [Fact]
    public void Compute_AtAScaleItHasNot_SaysSo() =>
        Assert.Throws<UpscalingException>(() => AttentionMaps.Compute(Model.Initialize(new EspcnOptions { Attention = new() }, seed: 1), RandomImage(), scale: 7));

    [Fact]
    public void Compute_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => AttentionMaps.Compute(
            Model.Initialize(new EspcnOptions { Attention = new() }, seed: 1), RandomImage(), cancellationToken: new CancellationToken(canceled: true)));

    private static ImageBuffer RandomImage()
    {
        var image = new ImageBuffer(Width, Height, ColorModel.Rgb, SampleType.Float32);
        var random = new Random(2);
        foreach (ref var sample in image.Samples<float>())
        {
            sample = random.NextSingle();
        }

        return image;
    }

    private static ReferenceRun Reference(Model model, ImageBuffer image)
    {
        var input = new ReferenceMap(1, 3, Height, Width).Fill(3, Height, Width, (_, c, y, x) => image.Row<float>(y)[(3 * x) + c]);
        return new ReferenceExecutor(model.Graph, model.Weights).Run(input);
    }

    private static void AssertEqual(ReferenceMap expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Values.Length, actual.Count);
        for (var i = 0; i < actual.Count; i++)
        {
            Assert.Equal(expected.Values[i], actual[i], 1e-5);
        }
    }
}
