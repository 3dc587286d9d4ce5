using SuperRes.Engine;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Tests.Engine;

public sealed class MemoryBudgetTests
{
    private const int Height = 75;
    private const int Width = 33;

    public static TheoryData<string> Names => ["edsr-x2", "srresnet-x4", "lapsrn-x4", "espcn-x3", "vdsr-x2", "edsr-cbam-x2"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithTheLeastBudget_MakesTheSameBits(string name)
    {
        var graph = Graph(name);
        var weights = Weights.Initialize(graph, 3);
        var image = FloatImage.Random(Height, Width, 3, seed: 5);
        using var free = new NetworkEngine(graph, weights, threads: 2);
        using var tight = new NetworkEngine(graph, weights, threads: 2, memoryBudget: free.LeastBytes(Height, Width));
        Assert.Equal(Run(free, graph, image), Run(tight, graph, image));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithLessThanTheLeast_SaysHowMuchIsNeeded(string name)
    {
        var graph = Graph(name);
        using var free = new NetworkEngine(graph, Weights.Initialize(graph, 3), threads: 2);
        using var tight = new NetworkEngine(graph, Weights.Initialize(graph, 3), threads: 2, memoryBudget: free.LeastBytes(Height, Width) - 1);
        var error = Assert.Throws<InsufficientMemoryException>(() => Run(tight, graph, FloatImage.Random(Height, Width, 3, seed: 5)));
        Assert.Matches($@"an input of {Width}x{Height} needs at least [\d,]+ MB of working memory, and the budget is [\d,]+ MB", error.Message);
    }

    [Fact]
    public void LeastBytes_OfAnImageTwiceAsHigh_GrowsOnlyByBookkeeping()
    {
        using var engine = Engine("edsr-x4");
        var (low, high) = (engine.LeastBytes(400, 100), engine.LeastBytes(800, 100));
        var bytesOfOneMap = 400L * 100 * 16 * sizeof(float);
        Assert.InRange(high - low, 0, bytesOfOneMap / 10);
    }

    [Fact]
    public void Run_OfMoreThanTheMachineHas_IsRefusedBeforeItBegins()
    {
        using var engine = Engine("edsr-cbam-x4");
        var error = Assert.Throws<InsufficientMemoryException>(() => engine.Run(3_000, 1_000_000, new FloatImage(1, 1, 3), new FloatImage(1, 1, 3)));
        Assert.Contains("the machine has", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfMoreRowsThanCanBeAccountedFor_IsRefusedWithoutPlanningThem()
    {
        var graph = Graph("edsr-x4");
        using var engine = new NetworkEngine(graph, Weights.Initialize(graph, 3), threads: 1, memoryBudget: 20_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(engine.LeastBytes(2_000_000, 16) > 20_000_000);
        Assert.Throws<InsufficientMemoryException>(() => engine.Run(2_000_000, 16, new FloatImage(1, 1, 3), new FloatImage(1, 1, 3)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Run_WithABudgetOfItsOwn_KeepsNoMoreThanThatWithWhatIsKept()
    {
        var graph = Graph("edsr-x2");
        using var engine = new NetworkEngine(graph, Weights.Initialize(graph, 3), threads: 1);
        long budget = 0;
        foreach (var width in (int[])[300, 301, 302])
        {
            // Least bytes of thin strips, and a little more: room for one size.
            budget = engine.LeastBytes(40, width) * 5 / 4;
            engine.Run(40, width, FloatImage.Random(40, width, 3, seed: 1), new FloatImage(80, 2 * width, 3), memoryBudget: budget);
        }

        Assert.InRange(engine.IdleBytes, 1, budget);
    }

    [Fact]
    public void Run_OfMoreThanIsKept_LeavesNothingIdle()
    {
        var graph = Graph("espcn-x2");
        using NetworkEngine keeps = new(graph, Weights.Initialize(graph, 3), threads: 1), frees = new(graph, Weights.Initialize(graph, 3), threads: 1) { MostIdleBytes = 1000 };

        foreach (var engine in (NetworkEngine[])[keeps, frees])
        {
            engine.Run(40, 30, FloatImage.Random(40, 30, 3, seed: 1), new FloatImage(80, 60, 3));
        }

        Assert.True(keeps.IdleBytes > 1000);
        Assert.Equal(0, frees.IdleBytes);
    }

    [Fact]
    public void EstimateMemory_OfAnEnsembleOnATallImage_CountsTheRunsOnItsSide()
    {
        // A strip of the tall image is narrow; of the wide one, which four of the eight runs are on, it is not.
        using var upscaler = Upscaler.From(Model.Initialize(new EdsrOptions { Scale = 2, Blocks = 2, Features = 16 }, seed: 1), MethodOptions.Default with { Threads = 1 });

        Assert.True(Estimate(40, 4000, ensemble: false) < Estimate(4000, 40, ensemble: false));
        Assert.Equal(Estimate(4000, 40, ensemble: true), Estimate(40, 4000, ensemble: true));

        long Estimate(int width, int height, bool ensemble) => upscaler.EstimateMemory(
            width, height, ColorModel.Rgb, SampleType.UInt8, TargetSize.FromScale(2), new UpscaleOptions { SelfEnsemble = ensemble });
    }

    [Fact]
    public void UpscaleRows_InTiles_HandsOnStripsAndNotBands()
    {
        using var method = new NetworkMethod(Model.Initialize(new EspcnOptions { Scale = 2 }, seed: 1), MethodOptions.Default with { TileSize = 128, Threads = 1 });
        var (image, sink) = (new ImageBuffer(20, 300, ColorModel.Rgb, SampleType.UInt8), new HeightRecorder());

        method.UpscaleRows(new BufferRowSource(image), sink, 40, 600, memoryBudget: null, progress: null, CancellationToken.None);

        Assert.Equal(600, sink.Heights.Sum());
        Assert.All(sink.Heights, height => Assert.InRange(height, 1, EngineRowSink.StripRows));
    }

    private sealed class HeightRecorder : IImageRowSink
    {
        public List<int> Heights { get; } = [];

        public void Write(ImageBuffer rows) => Heights.Add(rows.Height);
    }

    [Fact]
    public void UpscaleRows_InTiles_KeepsToItsBudget()
    {
        using var method = new NetworkMethod(Model.Initialize(new EspcnOptions { Scale = 2 }, seed: 1), MethodOptions.Default with { TileSize = 16, Threads = 1 });
        var image = new ImageBuffer(40, 40, ColorModel.Rgb, SampleType.UInt8);
        var least = method.MemoryFor(40, 40, 80, 80, ColorModel.Rgb, SampleType.UInt8);
        Upscale(least);
        Assert.Contains("the budget is", Assert.Throws<UpscalingException>(() => Upscale(least - 1)).Message, StringComparison.Ordinal);

        void Upscale(long budget) => method.UpscaleRows(
            new BufferRowSource(image), new BufferRowSink(new ImageBuffer(80, 80, ColorModel.Rgb, SampleType.UInt8)), 80, 80, budget, progress: null, CancellationToken.None);
    }

    [Fact]
    public void UpscaleRows_WithSelfEnsemble_KeepsEachRunToItsShare()
    {
        using var method = new BudgetRecorder();
        var upscaler = new Upscaler(method);
        var (target, ensemble) = (TargetSize.FromScale(2), new UpscaleOptions { SelfEnsemble = true });
        var least = upscaler.EstimateMemory(20, 10, ColorModel.Rgb, SampleType.UInt8, target, ensemble);
        upscaler.UpscaleRows(
            new BufferRowSource(new ImageBuffer(20, 10, ColorModel.Rgb, SampleType.UInt8)), new BufferRowSink(new ImageBuffer(40, 20, ColorModel.Rgb, SampleType.UInt8)),
            target, ensemble with { MemoryBudget = least + 7 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Repeat<long?>(BudgetRecorder.Needed + 7, 8), method.Budgets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Upscale_WithABudgetTooSmall_SaysSo(int tileSize)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            ModelFile.Save(Model.Initialize(new EspcnOptions { Scale = 2 }, seed: 1), file);
            using var upscaler = Upscaler.Load(file, new MethodOptions { MemoryBudget = 1000, TileSize = tileSize });
            var error = Assert.Throws<UpscalingException>(() => upscaler.Upscale(new ImageBuffer(20, 10, ColorModel.Rgb, SampleType.UInt8), 2));
            Assert.Contains("can't take an image of 20x10", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Stands in for a network of x2 that says what it needs and remembers what it was given.</summary>
    private sealed class BudgetRecorder : IRowwiseMethod
    {
        public const long Needed = 1000;

        public List<long?> Budgets { get; } = [];

        public string Name => "recorder";

        public int Threads => 1;

        public long ParameterCount => 1;

        public IReadOnlyList<int> Scales => [2];

        public long MemoryFor(int fromWidth, int fromHeight, int width, int height, ColorModel color, SampleType sampleType) => Needed;

        public ImageBuffer Upscale(ImageBuffer image, int width, int height, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
        {
            Budgets.Add(null);
            return new ImageBuffer(width, height, image.Color, image.SampleType);
        }

        public void UpscaleRows(
            IImageRowSource source, IImageRowSink sink, int width, int height, long? memoryBudget, IProgress<double>? progress, CancellationToken cancellationToken)
        {
            Budgets.Add(memoryBudget);
            sink.Write(new ImageBuffer(width, height, source.Color, source.SampleType));
        }

        public void Dispose()
        {
        }
    }

    private static Graph Graph(string name) => NetworkCatalogue.Find(name).Options switch
    {
        EdsrOptions edsr => (edsr with { Blocks = 2, Features = 16 }).BuildGraph(),
        SrResNetOptions srResNet => (srResNet with { Blocks = 2, Features = 16 }).BuildGraph(),
        LapSrnOptions lapSrn => (lapSrn with { Blocks = 1, Features = 16 }).BuildGraph(),
        VdsrOptions vdsr => (vdsr with { Layers = 4, Features = 16 }).BuildGraph(),
        var options => options.BuildGraph(),
    };

    private static NetworkEngine Engine(string name)
    {
        var graph = Graph(name);
        return new NetworkEngine(graph, Weights.Initialize(graph, 3), threads: 1);
    }

    private static float[] Run(NetworkEngine engine, Graph graph, FloatImage image)
    {
        var shape = graph.InferShapes(Height, Width)[graph.Output.Index];
        var result = new FloatImage(shape.Height, shape.Width, shape.Channels);
        engine.Run(Height, Width, image, result);
        return result.Values;
    }
}
