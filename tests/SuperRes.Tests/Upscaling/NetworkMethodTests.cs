using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Tests.Engine;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class NetworkMethodTests
{
    private static readonly Model Small = Model.Initialize(new EdsrOptions { Blocks = 1, Features = 16, Scale = 2 }, seed: 2);

    [Fact]
    public void Upscale_AfterDisposeBeforeTheFirstUse_Throws()
    {
        var method = new NetworkMethod(Small, MethodOptions.Default);
        method.Dispose();
        Assert.Throws<ObjectDisposedException>(() => method.Upscale(new ImageBuffer(20, 20, ColorModel.Rgb, SampleType.UInt8), 40, 40));
        Assert.Throws<ObjectDisposedException>(() => method.MemoryFor(20, 20, 40, 40, ColorModel.Rgb, SampleType.UInt8));
    }

    [Theory]
    [InlineData(SampleType.UInt8)]
    [InlineData(SampleType.UInt16)]
    [InlineData(SampleType.Float32)]
    public void Upscale_OfEachSampleType_IsTheNetworksResultInThatType(SampleType type)
    {
        var values = FloatImage.Random(17, 19, 3, seed: 1);
        var image = ImageBuffer.FromSamples(19, 17, ColorModel.Rgb, values.Values).ConvertTo(type);
        var seen = new FloatImage(17, 19, 3);
        image.ConvertTo(SampleType.Float32).Samples<float>().CopyTo(seen.Values);
        using var method = new NetworkMethod(Small, MethodOptions.Default);

        var result = method.Upscale(image, 38, 34);

        Assert.Equal((38, 34, ColorModel.Rgb, type), (result.Width, result.Height, result.Color, result.SampleType));
        var tolerance = type == SampleType.UInt8 ? 0.51 / 255 : 1e-4;
        var expected = seen.Reference(Small.Graph, Small.Weights);
        var actual = result.ConvertTo(SampleType.Float32).Samples<float>().ToArray();
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(type == SampleType.Float32 ? expected[i] : Math.Clamp(expected[i], 0, 1), actual[i], tolerance);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(40, 2)]
    [InlineData(15, 16)]
    public void Upscale_OfAThinImage_IsCutFromThatOfTheImageContinuedByItsEdges(int width, int height)
    {
        var image = ImageBuffer.FromSamples(width, height, ColorModel.Rgb, FloatImage.Random(height, width, 3, seed: 4).Values);
        var (left, top) = (width < 16 ? 8 : 0, height < 16 ? 8 : 0);
        var continued = new FloatImage(height + (2 * top), width + (2 * left), 3);
        for (var y = 0; y < height + (2 * top); y++)
        {
            for (var x = 0; x < width + (2 * left); x++)
            {
                var from = ((Math.Clamp(y - top, 0, height - 1) * width) + Math.Clamp(x - left, 0, width - 1)) * 3;
                image.Samples<float>().Slice(from, 3).CopyTo(continued.Values.AsSpan(((y * (width + (2 * left))) + x) * 3));
            }
        }

        var expected = ImageBuffer.FromSamples(2 * (width + (2 * left)), 2 * (height + (2 * top)), ColorModel.Rgb, continued.Reference(Small.Graph, Small.Weights))
            .Crop(2 * left, 2 * top, 2 * width, 2 * height).Samples<float>().ToArray();
        using var method = new NetworkMethod(Small, MethodOptions.Default);

        var actual = method.Upscale(image, 2 * width, 2 * height).Samples<float>().ToArray();

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.InRange(method.MemoryFor(width, height, 2 * width, 2 * height, ColorModel.Rgb, SampleType.Float32), 1, 1 << 24);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NegativeInfinity, 0)]
    public void Upscale_OfNoNumber_TakesItForBlackOrWhite(float value, float expected)
    {
        var image = ImageBuffer.FromSamples(20, 20, ColorModel.Rgb, FloatImage.Random(20, 20, 3, seed: 6).Values);
        var (whole, holed) = (image.Clone(), image.Clone());
        (whole.Samples<float>()[600], holed.Samples<float>()[600]) = (expected, value);
        using var method = new NetworkMethod(Small, MethodOptions.Default);

        Assert.Equal(method.Upscale(whole, 40, 40).Samples<float>(), method.Upscale(holed, 40, 40).Samples<float>());
    }

    [Fact]
    public void Load_WithNegativeOptions_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UpscalingMethods.Load("bicubic", new MethodOptions { Threads = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => UpscalingMethods.Load("bicubic", new MethodOptions { TileSize = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => UpscalingMethods.Load("bicubic", new MethodOptions { MemoryBudget = -1 }));
    }

    [Fact]
    public void Upscale_ToAnotherSize_SaysWhichItMakes()
    {
        using var method = new NetworkMethod(Small, MethodOptions.Default);
        var error = Assert.Throws<ArgumentException>(() => method.Upscale(new ImageBuffer(5, 5, ColorModel.Rgb, SampleType.UInt8), 15, 15));
        Assert.Contains("enlarges 5x5 by 2, and 15x15 was asked for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Upscale_OfGray_SaysWhoConvertsIt()
    {
        using var method = new NetworkMethod(Small, MethodOptions.Default);
        Assert.Throws<ArgumentException>(() => method.Upscale(new ImageBuffer(5, 5, ColorModel.Gray, SampleType.UInt8), 10, 10));
    }

    [Fact]
    public void Upscale_ThroughTheFacade_TakesGrayAndAlpha()
    {
        using var method = new NetworkMethod(Small, MethodOptions.Default);
        using var upscaler = new Upscaler(method);
        Assert.Equal(ColorModel.Gray, upscaler.Upscale(new ImageBuffer(6, 4, ColorModel.Gray, SampleType.UInt8), 2).Color);
        Assert.Equal(ColorModel.Rgba, upscaler.Upscale(new ImageBuffer(6, 4, ColorModel.Rgba, SampleType.UInt16), 1.5).Color);
    }

    [Fact]
    public void Load_OfANetworkWithoutWeights_SaysHowToGetSome()
    {
        var error = Assert.Throws<UpscalingException>(() => UpscalingMethods.Load("vdsr-x8"));
        Assert.Contains("models init vdsr-x8", error.Message, StringComparison.Ordinal);
    }
}
