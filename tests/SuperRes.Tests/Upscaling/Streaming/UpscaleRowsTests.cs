using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;
using SuperRes.Networks;
using SuperRes.Pixels;
using SuperRes.Upscaling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Tests.Upscaling.Streaming;

/// <summary>Row by row and as a whole are two ways to one result, bit for bit.</summary>
public sealed class UpscaleRowsTests
{
    private static readonly VitOptions SmallVit = new() { Scale = 2, WindowSize = 12, Patch = 2, Dimension = 12, Depth = 1, Heads = 3, MlpRatio = 2, Features = 16 };

    // Heights that end within a strip, fill one, and are smaller than any.
    public static TheoryData<string, double> Cases { get; } = new()
    {
        { "network", 2 }, { "network", 1.3 }, { "network", 1 }, { "network", 0.4 },
        { "attention", 2 }, { "interpolating", 2 }, { "windowed", 2 },
        { "bicubic", 3 }, { "bicubic", 0.37 }, { "lanczos", 1.7 }, { "nearest", 2.5 }, { "sharpen", 1.9 }, { "fake", 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void UpscaleRows_OfEveryColorModelAndSampleType_IsUpscale(string name, double scale)
    {
        using var method = Create(name);
        using var upscaler = new Upscaler(method);
        foreach (var color in Enum.GetValues<ColorModel>())
        {
            foreach (var type in Enum.GetValues<SampleType>())
            {
                Check(upscaler, TestPatterns.Noise(23, 37, color, type), TargetSize.FromScale(scale), UpscaleOptions.Default);
            }
        }
    }

    [Theory]
    [InlineData("network", 1, 1)]
    [InlineData("network", 1, 130)]
    [InlineData("network", 70, 1)]
    [InlineData("sharpen", 5, 1)]
    [InlineData("sharpen", 5, 129)]
    [InlineData("bicubic", 3, 300)]
    public void UpscaleRows_OfAnyHeight_IsUpscale(string name, int width, int height)
    {
        using var method = Create(name);
        using var upscaler = new Upscaler(method);
        foreach (var color in (ColorModel[])[ColorModel.Rgb, ColorModel.GrayAlpha])
        {
            Check(upscaler, TestPatterns.Noise(width, height, color, SampleType.UInt8), TargetSize.FromScale(1.8), UpscaleOptions.Default);
        }
    }

    [Fact]
    public void UpscaleRows_ByFactorsThatDifferBetweenTheSides_IsUpscale()
    {
        using var upscaler = Upscaler.Load("bicubic");
        foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(400, 20), (9, 300), (400, 300), (9, 9)])
        {
            Check(upscaler, TestPatterns.Noise(100, 90, ColorModel.Rgb, SampleType.UInt8), TargetSize.FromPixels(width, height), UpscaleOptions.Default);
        }
    }

    [Fact]
    public void UpscaleRows_WithOpaqueAlphaOrSelfEnsemble_IsUpscale()
    {
        using var method = Create("network");
        using var upscaler = new Upscaler(method);
        var opaque = TestPatterns.Noise(20, 30, ColorModel.Rgba, SampleType.UInt8);
        for (var i = 3; i < opaque.Samples<byte>().Length; i += 4)
        {
            opaque.Samples<byte>()[i] = 200;
        }

        Check(upscaler, opaque, TargetSize.FromScale(2), UpscaleOptions.Default);
        Check(upscaler, TestPatterns.Noise(20, 30, ColorModel.Rgb, SampleType.UInt8), TargetSize.FromScale(2), new UpscaleOptions { SelfEnsemble = true });
    }

    [Fact]
    public void Upscale_ByANetworkOfOneSize_KeepsTheMiddlesOfOverlappingWindows()
    {
        using var method = Create("windowed");
        var image = TestPatterns.Noise(20, 12, ColorModel.Rgb, SampleType.UInt8);

        var large = method.Upscale(image, 40, 24);

        // Windows of 12 see 2 pixels more than is kept of them: 0 to 12, kept to 10, and 8 to 20, kept from 10.
        var left = method.Upscale(image.Crop(0, 0, 12, 12), 24, 24).Crop(0, 0, 20, 24);
        var right = method.Upscale(image.Crop(8, 0, 12, 12), 24, 24).Crop(4, 0, 20, 24);
        Assert.Equal(left.Samples<byte>().ToArray(), large.Crop(0, 0, 20, 24).Samples<byte>().ToArray());
        Assert.Equal(right.Samples<byte>().ToArray(), large.Crop(20, 0, 20, 24).Samples<byte>().ToArray());
        Assert.Equal((6, 10), (method.Upscale(image.Crop(0, 0, 3, 5), 6, 10).Width, method.Upscale(image.Crop(0, 0, 3, 5), 6, 10).Height));
    }

    [Fact]
    public void UpscaleRows_OfATallImage_HoldsFewOfItsRows()
    {
        using var method = Create("network");
        using var upscaler = new Upscaler(method);
        var source = new CountingSource(new BufferRowSource(TestPatterns.Noise(400, 1600, ColorModel.Rgb, SampleType.UInt8)));
        var sink = new LaggingSink(source);

        upscaler.UpscaleRows(source, sink, TargetSize.FromScale(2));

        Assert.Equal(3200, sink.RowsWritten);
        Assert.InRange(sink.LargestLead, 1, 400);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void UpscaleRows_Progress_RisesToOne(int threads)
    {
        using var method = Create("network", threads);
        var reports = new List<double>();
        using var upscaler = new Upscaler(method);

        upscaler.UpscaleRows(
            new BufferRowSource(TestPatterns.Noise(16, 400, ColorModel.Rgba, SampleType.UInt8)), new Collector(32, 800, ColorModel.Rgba, SampleType.UInt8),
            TargetSize.FromScale(2), progress: new Recorder(reports));

        Assert.Equal(reports.Order(), reports);
        Assert.Equal(1, reports[^1]);

        // Only one thread reports. Beside another, which may compute everything while it is put aside, it need not report on the way.
        Assert.True(threads > 1 || reports.Count > 3, $"{reports.Count} reports");
    }

    [Theory]
    [InlineData(ColorModel.Rgb)]
    [InlineData(ColorModel.Rgba)]
    public void UpscaleRows_Cancelled_Throws(ColorModel color)
    {
        using var method = Create("network");
        using var upscaler = new Upscaler(method);
        using var stop = new CancellationTokenSource();
        var source = new BufferRowSource(TestPatterns.Noise(16, 2000, color, SampleType.UInt8));

        var error = Assert.ThrowsAny<OperationCanceledException>(
            () => upscaler.UpscaleRows(source, new ActionSink(_ => stop.Cancel()), TargetSize.FromScale(2), cancellationToken: stop.Token));

        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Theory]
    [InlineData("network")]
    [InlineData("windowed")]
    [InlineData("bicubic")]
    [InlineData("sharpen")]
    public void UpscaleRows_OfASourceThatEndsEarly_SaysWhere(string name)
    {
        using var method = Create(name);
        using var upscaler = new Upscaler(method);
        var source = new DeclaringSource(new BufferRowSource(TestPatterns.Noise(20, 50, ColorModel.Rgb, SampleType.UInt8))) { Height = 100 };

        var error = Assert.Throws<InvalidOperationException>(() => upscaler.UpscaleRows(source, new ActionSink(_ => { }), TargetSize.FromScale(2)));

        Assert.Equal("The source ended after 50 of 100 rows.", error.Message);
    }

    [Theory]
    [InlineData("network", 2)]
    [InlineData("network", 1.5)]
    [InlineData("windowed", 2)]
    [InlineData("bicubic", 2)]
    [InlineData("sharpen", 2)]
    [InlineData("fake", 2)]
    public void UpscaleRows_OfASourceThatGivesOtherRowsThanItDeclares_SaysBoth(string name, double scale)
    {
        using var method = Create(name);
        using var upscaler = new Upscaler(method);
        ImageBuffer[] others =
        [
            TestPatterns.Noise(21, 100, ColorModel.Rgb, SampleType.UInt8), TestPatterns.Noise(19, 100, ColorModel.Rgb, SampleType.UInt8),
            TestPatterns.Noise(20, 100, ColorModel.Rgba, SampleType.UInt8), TestPatterns.Noise(20, 100, ColorModel.Gray, SampleType.UInt8),
            TestPatterns.Noise(20, 100, ColorModel.Rgb, SampleType.UInt16),
        ];
        Assert.All(others, other =>
        {
            var source = new DeclaringSource(new BufferRowSource(other)) { Width = 20, Color = ColorModel.Rgb, SampleType = SampleType.UInt8 };

            var error = Assert.Throws<InvalidOperationException>(() => upscaler.UpscaleRows(source, new ActionSink(_ => { }), TargetSize.FromScale(scale)));

            Assert.Matches($@"^The source declares 20x100 Rgb UInt8; asked for \d+ rows after the first 0, it gave {other.Width}x\d+ {other.Color} {other.SampleType}\.$", error.Message);
        });
    }

    [Theory]
    [InlineData("network")]
    [InlineData("bicubic")]
    public void UpscaleRows_OfASourceThatGivesMoreRowsThanAskedFor_SaysSo(string name)
    {
        using var method = Create(name);
        using var upscaler = new Upscaler(method);
        var source = new DeclaringSource(new BufferRowSource(TestPatterns.Noise(20, 200, ColorModel.Rgb, SampleType.UInt8))) { Height = 100, Excess = 1 };

        var error = Assert.Throws<InvalidOperationException>(() => upscaler.UpscaleRows(source, new ActionSink(_ => { }), TargetSize.FromScale(2)));

        Assert.Contains("asked for ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorModel.Rgb)]
    [InlineData(ColorModel.Gray)]
    [InlineData(ColorModel.GrayAlpha)]
    public void UpscaleRows_FailureOfTheSink_ReachesTheCaller(ColorModel color)
    {
        using var method = Create("network");
        using var upscaler = new Upscaler(method);
        var source = new BufferRowSource(TestPatterns.Noise(16, 2000, color, SampleType.UInt8));

        var error = Assert.Throws<IOException>(() => upscaler.UpscaleRows(source, new ActionSink(_ => throw new IOException("full")), TargetSize.FromScale(2)));

        Assert.Equal("full", error.Message);
    }

    [Fact]
    public void UpscaleRows_FailureOfTheSource_ReachesTheCaller()
    {
        using var method = Create("network");
        using var upscaler = new Upscaler(method);
        var source = new CountingSource(new BufferRowSource(TestPatterns.Noise(16, 2000, ColorModel.Rgb, SampleType.UInt8))) { FailsAfter = 1000 };

        Assert.Throws<IOException>(() => upscaler.UpscaleRows(source, new ActionSink(_ => { }), TargetSize.FromScale(2)));
    }

    [Fact]
    public void EstimateMemory_OfRows_HardlyDependsOnTheHeight()
    {
        using var method = Create("network");
        using var upscaler = new Upscaler(method);
        long Of(int height, ColorModel color, bool ensemble = false) => upscaler.EstimateMemory(
            500, height, color, SampleType.UInt8, TargetSize.FromScale(2), new UpscaleOptions { SelfEnsemble = ensemble });

        // The engine notes where each row is and what has been done: nothing beside the 6000 bytes of two rows of the result.
        Assert.InRange((Of(20_000, ColorModel.Rgb) - Of(2000, ColorModel.Rgb)) / 18_000, 0, 300);
        Assert.True(Of(2000, ColorModel.Rgba) > Of(2000, ColorModel.Rgb));

        // Two float results, at least, of 1000x4000.
        Assert.True(Of(2000, ColorModel.Rgb, ensemble: true) > 2 * 4 * 3 * 1000L * 4000);
    }

    [Theory]
    [InlineData("lanczos", 100, 24, 6)]
    [InlineData("bicubic", 100, 24, 4)]
    [InlineData("nearest", 100, 24, 1)]
    public void EstimateMemory_OfAHeightThatShrinks_CountsTheRowsUnderTheKernel(string name, int width, int height, int kernelWidth)
    {
        using var upscaler = new Upscaler(ClassicalMethods.Create(name));

        var bytes = upscaler.EstimateMemory(100, 12_000, ColorModel.Rgb, SampleType.UInt8, TargetSize.FromPixels(width, height));

        Assert.True(bytes > kernelWidth * (12_000 / height) * 100 * 3, $"{bytes}");
    }

    [Fact]
    public void EstimateMemory_WhereRowsAreFilteredFirst_CountsThoseThatAreKept()
    {
        using var upscaler = new Upscaler(ClassicalMethods.Create("bicubic"));
        long Of(int width) => upscaler.EstimateMemory(10_000, 10_000, ColorModel.Rgb, SampleType.UInt8, TargetSize.FromPixels(width, 1000));

        // A row of the result is made of 40, in double precision.
        Assert.True(Of(999) - Of(1000) > 40L * 999 * 3 * sizeof(double), $"{Of(999)} {Of(1000)}");
    }

    [Theory]
    [InlineData(ColorModel.Rgb, 2)]
    [InlineData(ColorModel.Gray, 1.7)]
    [InlineData(ColorModel.Rgba, 2)]
    public void UpscaleRows_WithTheLeastMemory_IsUpscaleAndWithLessIsRefused(ColorModel color, double scale)
    {
        using var method = Create("network");
        using var upscaler = new Upscaler(method);
        var image = TestPatterns.Noise(300, 90, color, SampleType.UInt8);
        var least = upscaler.EstimateMemory(300, 90, color, SampleType.UInt8, TargetSize.FromScale(scale));

        Check(upscaler, image, TargetSize.FromScale(scale), new UpscaleOptions { MemoryBudget = least });

        var error = Assert.Throws<UpscalingException>(() => upscaler.UpscaleRows(
            new BufferRowSource(image), new ActionSink(_ => { }), TargetSize.FromScale(scale), new UpscaleOptions { MemoryBudget = least - 1 }));
        Assert.Contains("Allow more", error.Message, StringComparison.Ordinal);
    }

    /// <summary>As where a network's own scale has more samples than a buffer holds: a 12 megapixel photo at x5 by way of x8.</summary>
    [Theory]
    [InlineData(ColorModel.Rgb, SampleType.UInt8)]
    [InlineData(ColorModel.GrayAlpha, SampleType.UInt16)]
    public void Upscale_WhatIsReducedFitsNoBuffer_IsMadeInStrips(ColorModel color, SampleType sampleType)
    {
        using var method = Create("network");
        var image = TestPatterns.Noise(61, 47, color, sampleType);
        var held = new Upscaler(method).Upscale(image, 1.5);

        var passed = new Upscaler(method) { MostSamplesBetween = 61 * 47 }.Upscale(image, 1.5);

        Assert.True(held.Bytes().SequenceEqual(passed.Bytes()));
    }

    private static void Check(Upscaler upscaler, ImageBuffer image, TargetSize target, UpscaleOptions options)
    {
        var expected = upscaler.Upscale(image, target, options);
        var actual = new Collector(expected.Width, expected.Height, expected.Color, expected.SampleType);

        upscaler.UpscaleRows(new BufferRowSource(image), actual, target, options);

        Assert.True(actual.IsComplete);
        Assert.True(
            expected.Bytes().SequenceEqual(actual.Image.Bytes()),
            $"{upscaler.Method.Name}: {image.Width}x{image.Height} {image.Color} {image.SampleType} to {expected.Width}x{expected.Height} differs.");
    }

    private static IUpscalingMethod Create(string name, int threads = 2) => name switch
    {
        "network" => new NetworkMethod(Model.Initialize(new EdsrOptions { Blocks = 1, Features = 16, Scale = 2 }, seed: 2), new MethodOptions { Threads = threads }),
        "attention" => new NetworkMethod(
            Model.Initialize(new EdsrOptions { Blocks = 2, Features = 16, Scale = 2, Attention = new CbamOptions() }, seed: 2), new MethodOptions { Threads = threads }),
        "interpolating" => new NetworkMethod(Model.Initialize(new SrcnnOptions(Scale: 2), seed: 2), new MethodOptions { Threads = threads }),
        "windowed" => new NetworkMethod(Model.Initialize(SmallVit, seed: 2), new MethodOptions { Threads = threads }),
        "fake" => new FakeNetwork([2]),
        _ => ClassicalMethods.Create(name),
    };

    private sealed class Collector(int width, int height, ColorModel color, SampleType type) : IImageRowSink
    {
        private int _rows;

        public ImageBuffer Image { get; } = new(width, height, color, type);

        public bool IsComplete => _rows == Image.Height;

        public void Write(ImageBuffer rows)
        {
            Assert.Equal((Image.Width, Image.Color, Image.SampleType), (rows.Width, rows.Color, rows.SampleType));
            rows.Bytes().CopyTo(Image.Bytes()[(_rows * (Image.Bytes().Length / Image.Height))..]);
            _rows += rows.Height;
        }
    }

    private sealed class CountingSource(IImageRowSource source) : IImageRowSource
    {
        public int Width => source.Width;

        public int Height => source.Height;

        public ColorModel Color => source.Color;

        public SampleType SampleType => source.SampleType;

        public int RowsRead { get; private set; }

        public int FailsAfter { get; init; } = int.MaxValue;

        public ImageBuffer? Read(int maxRows)
        {
            RowsRead += maxRows;
            return RowsRead > FailsAfter ? throw new IOException("unreadable") : source.Read(maxRows);
        }
    }

    /// <summary>Declares what a test wants, whatever its rows are.</summary>
    private sealed class DeclaringSource(IImageRowSource source) : IImageRowSource
    {
        public int Width { get; init; } = source.Width;

        public int Height { get; init; } = source.Height;

        public ColorModel Color { get; init; } = source.Color;

        public SampleType SampleType { get; init; } = source.SampleType;

        /// <summary>Rows given beyond those asked for.</summary>
        public int Excess { get; init; }

        public ImageBuffer? Read(int maxRows) => source.Read(maxRows + Excess);
    }

    private sealed class LaggingSink(CountingSource source) : IImageRowSink
    {
        public int RowsWritten { get; private set; }

        public int LargestLead { get; private set; }

        public void Write(ImageBuffer rows)
        {
            LargestLead = Math.Max(LargestLead, source.RowsRead - (RowsWritten / 2));
            RowsWritten += rows.Height;
        }
    }

    private sealed class ActionSink(Action<ImageBuffer> action) : IImageRowSink
    {
        public void Write(ImageBuffer rows) => action(rows);
    }

    private sealed class Recorder(List<double> reports) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (reports)
            {
                reports.Add(value);
            }
        }
    }
}
