using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Tests.Upscaling;

public sealed class UpscalerAlphaTests
{
    /// <summary>A red disc on transparent black, as painting programs save it: no enlargement may show a dark rim.</summary>
    [Theory]
    [InlineData("nearest")]
    [InlineData("bilinear")]
    [InlineData("bicubic")]
    [InlineData("lanczos")]
    [InlineData("sharpen")]
    public void Upscale_ColorOnTransparentBlack_HasNoDarkFringe(string method)
    {
        using var upscaler = Upscaler.Load(method);

        var large = upscaler.Upscale(RedDisc(24), 4);

        var alphaSeen = new HashSet<byte>();
        var samples = large.Samples<byte>();
        for (var i = 0; i < samples.Length; i += 4)
        {
            alphaSeen.Add(samples[i + 3]);
            Assert.Equal((200, 30, 20), (samples[i], samples[i + 1], samples[i + 2]));
        }

        Assert.Contains((byte)0, alphaSeen);
        Assert.Contains((byte)255, alphaSeen);
    }

    [Fact]
    public void Upscale_OpaqueAlpha_GivesTheSameColorsAsWithoutAlpha()
    {
        using var upscaler = Upscaler.Load("bicubic");
        var rgb = new byte[9 * 7 * 3];
        new Random(1).NextBytes(rgb);
        var rgba = rgb.Chunk(3).SelectMany(pixel => pixel.Append((byte)255)).ToArray();

        var large = upscaler.Upscale(ImageBuffer.FromSamples(9, 7, ColorModel.Rgb, rgb), 3);
        var largeWithAlpha = upscaler.Upscale(ImageBuffer.FromSamples(9, 7, ColorModel.Rgba, rgba), 3);

        Assert.Equal(large.Samples<byte>().ToArray().Chunk(3).SelectMany(pixel => pixel.Append((byte)255)), largeWithAlpha.Samples<byte>().ToArray());
    }

    [Fact]
    public void Upscale_EvenlyHalfTransparent_KeepsColorAndAlpha()
    {
        using var network = new FakeNetwork([2]);
        var image = ImageBuffer.FromSamples(2, 1, ColorModel.GrayAlpha, new ushort[] { 1000, 32768, 60000, 32768 });

        var large = new Upscaler(network).Upscale(image, 2);

        Assert.Equal(new ushort[] { 1000, 32768, 1000, 32768, 60000, 32768, 60000, 32768 }, large.Row<ushort>(1).ToArray());
        Assert.Single(network.Calls);
    }

    [Fact]
    public void Upscale_FloatAlpha_StaysWithinZeroAndOne()
    {
        using var upscaler = Upscaler.Load("lanczos");
        var samples = new float[16 * 16 * 4];
        for (var i = 0; i < samples.Length; i += 4)
        {
            samples[i + 3] = (i / 4 / 16) < 8 ? 0 : 1;
        }

        var large = upscaler.Upscale(ImageBuffer.FromSamples(16, 16, ColorModel.Rgba, samples), 4);

        Assert.All(large.Samples<float>().ToArray().Where((_, i) => i % 4 == 3), alpha => Assert.InRange(alpha, 0, 1));
    }

    [Theory]
    [InlineData(1.5f, 1)]
    [InlineData(-0.5f, 0)]
    [InlineData(float.NaN, 0)]
    [InlineData(0.5f, 0.5f)]
    public void Upscale_ConstantFloatAlpha_IsClipped(float alpha, float expected)
    {
        using var upscaler = Upscaler.Load("bicubic");
        var image = ImageBuffer.FromSamples(2, 1, ColorModel.GrayAlpha, new[] { 0.25f, alpha, 0.25f, alpha });
        var rows = new ImageBuffer(4, 2, ColorModel.GrayAlpha, SampleType.Float32);

        var large = upscaler.Upscale(image, 2);
        upscaler.UpscaleRows(new BufferRowSource(image), new BufferRowSink(rows), TargetSize.FromScale(2));

        Assert.All(large.Samples<float>().ToArray().Where((_, i) => i % 2 == 1), value => Assert.Equal(expected, value));
        Assert.Equal(large.Samples<float>().ToArray(), rows.Samples<float>().ToArray());
    }

    [Fact]
    public void Upscale_OneAlphaThatIsNaN_IsAsIfItWereZero()
    {
        using var upscaler = Upscaler.Load("lanczos");
        var samples = Enumerable.Range(0, 32 * 32 * 4).Select(i => i % 4 == 3 ? 1f : i % 7 / 7f).ToArray();
        var (broken, transparent) = ((float[])samples.Clone(), (float[])samples.Clone());
        broken[(500 * 4) + 3] = float.NaN;
        transparent[(500 * 4) + 3] = 0;

        var large = upscaler.Upscale(ImageBuffer.FromSamples(32, 32, ColorModel.Rgba, broken), 2).Samples<float>().ToArray();

        Assert.All(large, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(upscaler.Upscale(ImageBuffer.FromSamples(32, 32, ColorModel.Rgba, transparent), 2).Samples<float>().ToArray(), large);
    }

    [Fact]
    public void Threads_OfALoadedMethod_AreThoseAskedFor()
    {
        using var method = UpscalingMethods.Load("sharpen", new MethodOptions { Threads = 3 });
        using var network = new NetworkMethod(Model.Initialize(new EspcnOptions { Scale = 2 }, seed: 1), new MethodOptions { Threads = 2 });
        Assert.Equal((3, 2), (Assert.IsAssignableFrom<IRowwiseMethod>(method).Threads, ((IRowwiseMethod)network).Threads));
    }

    [Fact]
    public void Upscale_FullyTransparent_StaysSo()
    {
        using var upscaler = Upscaler.Load("bicubic");

        var large = upscaler.Upscale(new ImageBuffer(5, 5, ColorModel.Rgba, SampleType.UInt8), 2);

        Assert.True(large.Samples<byte>().IndexOfAnyExcept((byte)0) < 0);
    }

    private static ImageBuffer RedDisc(int size)
    {
        var image = new ImageBuffer(size, size, ColorModel.Rgba, SampleType.UInt8);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                if (Math.Pow(x - 11.5, 2) + Math.Pow(y - 11.5, 2) < 60)
                {
                    ((byte[])[200, 30, 20, 255]).CopyTo(image.Row<byte>(y)[(4 * x)..]);
                }
            }
        }

        return image;
    }
}
