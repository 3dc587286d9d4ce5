using SuperRes.Engine;
using SuperRes.Engine.Simd;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Tests.Networks;

namespace SuperRes.Tests.Engine;

public sealed class NetworkEngineTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 9 }, { 13, 1 }, { 3, 4 }, { 8, 8 }, { 11, 30 }, { 29, 18 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Run_Edsr_EqualsTheDefinition(int height, int width)
    {
        var graph = new EdsrOptions { Blocks = 2, Features = 16 }.BuildGraph();
        foreach (var simd in Enum.GetValues<SimdWidth>())
        {
            AssertEqualsDefinition(graph, height, width, simd, threads: 2);
        }
    }

    [Theory]
    [InlineData(2, 64, 1)]
    [InlineData(3, 24, 0.25f)]
    [InlineData(4, 40, 0.1f)]
    [InlineData(8, 5, 1)]
    [InlineData(2, 80, 1)]
    public void Run_EdsrOfEachScaleAndWidth_EqualsTheDefinition(int scale, int features, float residualScale)
    {
        var graph = new EdsrOptions { Blocks = 1, Scale = scale, Features = features, ResidualScale = residualScale }.BuildGraph();
        foreach (var simd in Enum.GetValues<SimdWidth>())
        {
            AssertEqualsDefinition(graph, 7, 10, simd, threads: 1);
        }
    }

    [Fact]
    public void Run_OtherConvolutions_EqualsTheDefinition()
    {
        var g = new GraphBuilder();
        var x = g.LeakyRelu(g.Conv("wide", g.Input, 20, kernel: 9), 0.2f);
        x = g.Prelu("slope", g.BatchNorm("norm", g.Conv("fold", x, 48, kernel: 3, bias: false)));
        x = g.Prelu("after", g.PixelShuffle(g.Conv("up", x, 20 * 9, kernel: 3), 3));
        x = g.Add(g.Relu(g.Conv("strided", x, 40, kernel: 5, stride: 2)), g.Conv("point", g.Conv("down", x, 17, kernel: 4, stride: 2, padding: 1), 40, kernel: 1));
        var graph = g.Build(g.PixelShuffle(g.Conv("tail", x, 27, kernel: 3), 3));
        foreach (var simd in Enum.GetValues<SimdWidth>())
        {
            AssertEqualsDefinition(graph, 6, 10, simd, threads: 3);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Run_OnMoreThreads_IsBitIdentical(int threads)
    {
        var graph = new EdsrOptions { Blocks = 1, Features = 32 }.BuildGraph();
        var weights = Weights.Initialize(graph, 3);
        var image = FloatImage.Random(37, 45, 3, seed: 5);
        Assert.Equal(Run(graph, weights, image, 37, 45, SimdWidths.Widest, 1), Run(graph, weights, image, 37, 45, SimdWidths.Widest, threads));
    }

    [Theory]
    [InlineData("edsr-cbam-x4")]
    [InlineData("srresnet-cbam-x2")]
    [InlineData("lapsrn-cbam-x4")]
    [InlineData("espcn-x3")]
    [InlineData("srcnn-x2")]
    [InlineData("vit-x2")]
    public void Run_OfOtherNetworksOnMoreThreads_IsBitIdentical(string name)
    {
        var options = SmallNetworks.Of(NetworkCatalogue.Find(name).Options);
        var graph = options.BuildGraph();
        var weights = Weights.Initialize(graph, 3);
        var (height, width) = options is VitOptions ? SmallNetworks.TestSize(options) : (37, 45);
        var image = FloatImage.Random(height, width, 3, seed: 5);
        var expected = Run(graph, weights, image, height, width, SimdWidths.Widest, threads: 1);
        Assert.All([2, 5], threads => Assert.Equal(expected, Run(graph, weights, image, height, width, SimdWidths.Widest, threads)));
    }

    [Fact]
    public void Run_FromManyThreadsAtOnce_GivesTheSameResults()
    {
        var graph = new EdsrOptions { Blocks = 1, Features = 16, Scale = 2 }.BuildGraph();
        var weights = Weights.Initialize(graph, 3);
        using var engine = new NetworkEngine(graph, weights, threads: 3);
        var expected = Enumerable.Range(0, 12).Select(i => RunOn(engine, i)).ToArray();
        var actual = new float[12][];
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i => actual[i] = RunOn(engine, i));
        Assert.Equal(expected, actual);

        static float[] RunOn(NetworkEngine engine, int seed)
        {
            var (height, width) = (9 + (seed % 5), 14);
            var result = new FloatImage(2 * height, 2 * width, 3);
            engine.Run(height, width, FloatImage.Random(height, width, 3, seed), result);
            return result.Values;
        }
    }

    [Fact]
    public void Run_ManyAtOnce_KeepsTheMemoryOfOneForEachSize()
    {
        var graph = new EdsrOptions { Blocks = 1, Features = 16, Scale = 2 }.BuildGraph();
        var weights = Weights.Initialize(graph, 3);
        using var single = new NetworkEngine(graph, weights, threads: 1);
        RunAtOnce(single, 20);
        var one = single.IdleBytes;
        Assert.True(one > 0);

        using var engine = new NetworkEngine(graph, weights, threads: 1);
        RunAtOnce(engine, [.. Enumerable.Repeat(20, 6)]);
        Assert.Equal(one, engine.IdleBytes);
        RunAtOnce(engine, 20, 24, 20, 24);
        Assert.InRange(engine.IdleBytes, 2 * one, 3 * one);
    }

    [Fact]
    public void Run_ManyAtOnce_KeepsNoMoreThanTheBudget()
    {
        var graph = new EdsrOptions { Blocks = 1, Features = 16, Scale = 2 }.BuildGraph();
        var weights = Weights.Initialize(graph, 3);
        long one;
        using (var free = new NetworkEngine(graph, weights, threads: 1))
        {
            RunAtOnce(free, 26);
            one = free.IdleBytes;
        }

        using var engine = new NetworkEngine(graph, weights, threads: 1, memoryBudget: one + (one / 4));
        RunAtOnce(engine, 20, 22, 24, 26, 26);
        Assert.InRange(engine.IdleBytes, 1, one + (one / 4));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void Run_Again_AllocatesNothing(int threads, bool attention)
    {
        var graph = new EdsrOptions { Blocks = 1, Features = 16, Attention = attention ? new() : null }.BuildGraph();
        using var engine = new NetworkEngine(graph, Weights.Initialize(graph, 3), threads);
        var (image, result) = (FloatImage.Random(20, 20, 3, seed: 1), new FloatImage(80, 80, 3));
        // The runtime itself allocates now and then as code runs for the first times.
        var allocated = Enumerable.Range(0, 8).Select(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            engine.Run(20, 20, image, result);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, allocated.Min());
    }

    [Fact]
    public void Run_CancelledByItsListener_StopsThere()
    {
        var graph = new EdsrOptions { Blocks = 4, Features = 16 }.BuildGraph();
        // A second thread could compute the rest while the one that reports is put aside.
        using var engine = new NetworkEngine(graph, Weights.Initialize(graph, 3), threads: 1);
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAt(cancellation, 0.5);
        Assert.Throws<OperationCanceledException>(() =>
            engine.Run(40, 40, FloatImage.Random(40, 40, 3, seed: 1), new FloatImage(160, 160, 3), progress, cancellation.Token));
        Assert.InRange(progress.Last, 0.5, 0.99);
    }

    [Fact]
    public void Run_CancelledOnSeveralThreads_Throws()
    {
        var graph = new EdsrOptions { Blocks = 4, Features = 16 }.BuildGraph();
        using var engine = new NetworkEngine(graph, Weights.Initialize(graph, 3), threads: 3);
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            engine.Run(40, 40, new CancelledSource(cancellation), new FloatImage(160, 160, 3), null, cancellation.Token));
        // The engine is as good as new.
        var image = FloatImage.Random(40, 40, 3, seed: 1);
        var (first, second) = (new FloatImage(160, 160, 3), new FloatImage(160, 160, 3));
        engine.Run(40, 40, image, first);
        engine.Run(40, 40, image, second);
        Assert.Equal(first.Values, second.Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_DisposedMeanwhile_EndsAsItWouldAndIsTheLast(int threads)
    {
        var graph = new EdsrOptions { Blocks = 2, Features = 16, Scale = 2 }.BuildGraph();
        var weights = Weights.Initialize(graph, 3);
        var image = FloatImage.Random(40, 30, 3, seed: 1);
        var engine = new NetworkEngine(graph, weights, threads);
        var (result, late) = (new FloatImage(80, 60, 3), new FloatImage(80, 60, 3));

        // Its rows come before any kernel runs.
        engine.Run(40, 30, new DisposingSource(image, engine), result);

        Assert.Equal(Run(graph, weights, image, 40, 30, SimdWidths.Default, threads), result.Values);
        Assert.Equal(0, engine.IdleBytes);
        Assert.Throws<ObjectDisposedException>(() => engine.Run(40, 30, image, late));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_WithAListener_ReportsSharesThatGrowToOne(int threads)
    {
        var shares = RunWithListener(threads);
        Assert.Equal(shares.Order(), shares);
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void Run_WithAListenerOnOneThread_ReportsOnTheWay()
    {
        // Only the caller's thread reports. Beside another, which may compute everything while it is put aside, it need not.
        Assert.True(RunWithListener(threads: 1).Count > 5);
    }

    [Fact]
    public void Compile_WithWeightsOfAnotherNetwork_ListsTheDifferences()
    {
        var weights = Weights.Initialize(new EdsrOptions { Blocks = 1, Features = 8 }.BuildGraph(), 1);
        var error = Assert.Throws<GraphException>(() => new NetworkEngine(new EdsrOptions { Blocks = 1, Features = 16 }.BuildGraph(), weights));
        Assert.Contains("'head.weight' is [8, 3, 3, 3], expected [16, 3, 3, 3]", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Squares of these sizes, none of which is done before all have begun.</summary>
    private static void RunAtOnce(NetworkEngine engine, params int[] sizes)
    {
        using var begun = new CountdownEvent(sizes.Length);
        Thread[] threads = [.. sizes.Select(size => new Thread(() => engine.Run(size, size, new WaitingSource(begun), new FloatImage(2 * size, 2 * size, 3))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private static Shares RunWithListener(int threads)
    {
        var graph = new EdsrOptions { Blocks = 2, Features = 16, Attention = new() }.BuildGraph();
        using var engine = new NetworkEngine(graph, Weights.Initialize(graph, 3), threads);
        var shares = new Shares();
        engine.Run(40, 40, FloatImage.Random(40, 40, 3, seed: 1), new FloatImage(160, 160, 3), shares);
        return shares;
    }

    private static void AssertEqualsDefinition(Graph graph, int height, int width, SimdWidth simd, int threads)
    {
        var weights = Weights.Initialize(graph, 3);
        var image = FloatImage.Random(height, width, graph.Input.Channels, seed: 5);
        var expected = image.Reference(graph, weights);
        var actual = Run(graph, weights, image, height, width, simd, threads);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f);
        }
    }

    private static float[] Run(Graph graph, Weights weights, FloatImage image, int height, int width, SimdWidth simd, int threads)
    {
        using var engine = new NetworkEngine(graph, weights, threads, simd);
        var shape = graph.InferShapes(height, width)[graph.Output.Index];
        var result = new FloatImage(shape.Height, shape.Width, shape.Channels);
        engine.Run(height, width, image, result);
        return result.Values;
    }

    private sealed class Shares : List<double>, IProgress<double>
    {
        public void Report(double value) => Add(value);
    }

    /// <summary>Gives its first row when all others do.</summary>
    private sealed class WaitingSource(CountdownEvent begun) : IRowSource
    {
        public void Read(int y, Span<float> row)
        {
            if (y == 0)
            {
                begun.Signal();
                begun.Wait();
            }
        }
    }

    /// <summary>Disposes of the engine that reads its rows.</summary>
    private sealed class DisposingSource(IRowSource rows, NetworkEngine engine) : IRowSource
    {
        public void Read(int y, Span<float> row)
        {
            engine.Dispose();
            rows.Read(y, row);
        }
    }

    /// <summary>Is cancelled while its rows are read, which everything else waits for.</summary>
    private sealed class CancelledSource(CancellationTokenSource cancellation) : IRowSource
    {
        public void Read(int y, Span<float> row) => cancellation.Cancel();
    }

    private sealed class CancelAt(CancellationTokenSource cancellation, double share) : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value)
        {
            Last = value;
            if (value >= share)
            {
                cancellation.Cancel();
            }
        }
    }
}
