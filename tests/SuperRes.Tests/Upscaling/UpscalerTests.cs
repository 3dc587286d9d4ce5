using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class UpscalerTests
{
    [Fact]
    public void Upscale_RgbAtATrainedScale_HandsTheImageToTheMethodAsItIs()
    {
        using var network = new FakeNetwork([2, 4]);
        var image = Rgb(3, 2, [.. Enumerable.Range(0, 18).Select(i => (byte)(i * 10))]);

        var large = new Upscaler(network).Upscale(image, 2);

        Assert.Equal((6, 4, ColorModel.Rgb, SampleType.UInt8), (large.Width, large.Height, large.Color, large.SampleType));
        Assert.Equal([(ColorModel.Rgb, SampleType.UInt8, 6, 4)], network.Calls);
        Assert.Equal(image.Row<byte>(1)[3..6], large.Row<byte>(3)[6..9]);
    }

    [Theory]
    [InlineData(1.5, 2)]
    [InlineData(2.5, 4)]
    [InlineData(3.9, 4)]
    public void Upscale_ScaleBetweenTrainedOnes_RunsAtTheNextLargerAndReduces(double scale, int trained)
    {
        using var network = new FakeNetwork([2, 4]);
        var image = Rgb(40, 20, [.. Enumerable.Repeat((byte)200, 2400)]);

        var large = new Upscaler(network).Upscale(image, scale);

        Assert.Equal([(ColorModel.Rgb, SampleType.Float32, 40 * trained, 20 * trained)], network.Calls);
        Assert.Equal(((int)Math.Round(40 * scale), (int)Math.Round(20 * scale)), (large.Width, large.Height));
        Assert.True(large.Samples<byte>().IndexOfAnyExcept((byte)200) < 0, "A flat image stays flat.");
    }

    [Fact]
    public void Upscale_ScaleAboveEveryTrainedOne_SaysWhatIsPossible()
    {
        using var network = new FakeNetwork([2, 4]);

        var exception = Assert.Throws<UpscalingException>(() => new Upscaler(network).Upscale(Rgb(4, 4), 4.5));

        Assert.Equal(
            "fake enlarges at most 4 times, and 4x4 to 18x18 is 4.5 times. Ask for a smaller size, or use a method that makes any: bicubic, lanczos.",
            exception.Message);
    }

    [Fact]
    public void Upscale_ToNoLargerSize_LeavesTheNetworkOut()
    {
        using var network = new FakeNetwork([2]);

        var same = new Upscaler(network).Upscale(Rgb(8, 6), TargetSize.FromPixels(8, 3));

        Assert.Equal((8, 3), (same.Width, same.Height));
        Assert.Empty(network.Calls);
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(6, 1)]
    public void Upscale_LargerOnOneSideOnly_RunsTheNetwork(int width, int height)
    {
        using var network = new FakeNetwork([2]);

        var result = new Upscaler(network).Upscale(Rgb(3, 3), TargetSize.FromPixels(width, height));

        Assert.Equal((width, height), (result.Width, result.Height));
        Assert.Single(network.Calls);
    }

    [Fact]
    public void Upscale_GrayThroughAnRgbNetwork_AveragesTheChannelsBeforeRounding()
    {
        // The mean gain is 0.53 levels, which rounds to 1; had the channels been rounded first, it would have been 1/3, which rounds to 0.
        float[] above = [0.3f / 255, 0.4f / 255, 0.9f / 255];
        using var network = new FakeNetwork([2], (sample, _, _, channel) => sample + above[channel]);
        var image = ImageBuffer.FromSamples(2, 1, ColorModel.Gray, new byte[] { 10, 100 });

        var large = new Upscaler(network).Upscale(image, 2);

        Assert.Equal(ColorModel.Gray, large.Color);
        Assert.Equal(ColorModel.Rgb, network.Calls[0].Color);
        Assert.Equal(new byte[] { 11, 11, 101, 101 }, large.Row<byte>(0).ToArray());
    }

    [Theory]
    [InlineData(SampleType.UInt8)]
    [InlineData(SampleType.UInt16)]
    [InlineData(SampleType.Float32)]
    public void Upscale_EachColorModelAndSampleType_KeepsBoth(SampleType type)
    {
        using var network = new FakeNetwork([2]);
        using var bicubic = Upscaler.Load("bicubic");
        foreach (var upscaler in new[] { new Upscaler(network), bicubic })
        {
            foreach (var color in Enum.GetValues<ColorModel>())
            {
                var image = new ImageBuffer(5, 4, color, type);
                image.Bytes()[..(image.Bytes().Length / 2)].Fill(0x3f);

                var large = upscaler.Upscale(image, 1.7);

                Assert.Equal((9, 7, color, type), (large.Width, large.Height, large.Color, large.SampleType));
            }
        }
    }

    [Fact]
    public void Upscale_16BitThroughAReduction_KeepsMoreThan8Bits()
    {
        using var network = new FakeNetwork([4]);
        var image = ImageBuffer.FromSamples(4, 4, ColorModel.Rgb, Enumerable.Repeat((ushort)12345, 48).ToArray());

        var large = new Upscaler(network).Upscale(image, 3);

        Assert.True(large.Samples<ushort>().IndexOfAnyExcept((ushort)12345) < 0, "A flat image stays flat to the last bit.");
    }

    [Fact]
    public void From_AModelInMemory_IsWhatItsFileIs()
    {
        var model = Model.Initialize(new EspcnOptions { Scale = 2, Features = 8 }, seed: 1);
        var path = Path.Combine(Path.GetTempPath(), $"superres-{Guid.NewGuid():N}.safetensors");
        ModelFile.Save(model, path);
        try
        {
            var image = TestPatterns.Noise(20, 17, ColorModel.Rgb, SampleType.UInt8);
            using Upscaler loaded = Upscaler.Load(path), made = Upscaler.From(model);

            Assert.True(loaded.Upscale(image, 2).Bytes().SequenceEqual(made.Upscale(image, 2).Bytes()));
            Assert.Throws<ArgumentOutOfRangeException>(() => Upscaler.From(model, new MethodOptions { Threads = -1 }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Load_UnknownName_NamesTheNearest()
    {
        var exception = Assert.Throws<UpscalingException>(() => Upscaler.Load("bicubci"));

        Assert.StartsWith("No method is called 'bicubci'. Did you mean 'bicubic'?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_OfAMethodHandedIn_LeavesItToItsOwner()
    {
        using var network = new FakeNetwork([2]);

        new Upscaler(network).Dispose();

        Assert.False(network.IsDisposed);
    }

    [Fact]
    public void Dispose_OfAMethodThatItOwns_DisposesIt()
    {
        using var network = new FakeNetwork([2]);

        new Upscaler(network, ownsMethod: true).Dispose();

        Assert.True(network.IsDisposed);
    }

    [Fact]
    public async Task UpscaleAsync_Cancelled_Throws()
    {
        using var network = new FakeNetwork([2]);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Upscaler(network).UpscaleAsync(Rgb(4, 4), 2, cancellationToken: cancelled.Token));
    }

    [Theory]
    [InlineData(ColorModel.Rgb, false)]
    [InlineData(ColorModel.Rgba, true)]
    public void Upscale_Progress_RisesToOne(ColorModel color, bool ensemble)
    {
        using var network = new FakeNetwork([2]);
        var image = new ImageBuffer(4, 4, color, SampleType.UInt8);
        image.Samples<byte>()[^1] = 255;
        var reports = new ReportList();

        new Upscaler(network).Upscale(image, 2, new UpscaleOptions { SelfEnsemble = ensemble }, reports);

        Assert.Equal(reports.Order(), reports);
        Assert.True(reports.Count > 2);
        Assert.Equal(1, reports[^1]);
    }

    private static ImageBuffer Rgb(int width, int height, byte[]? samples = null) =>
        ImageBuffer.FromSamples(width, height, ColorModel.Rgb, samples ?? new byte[width * height * 3]);

    private sealed class ReportList : List<double>, IProgress<double>
    {
        public void Report(double value) => Add(value);
    }
}
