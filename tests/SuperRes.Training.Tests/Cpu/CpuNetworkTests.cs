using SuperRes.Engine.Simd;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Training.Cpu;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;

namespace SuperRes.Training.Tests.Cpu;

/// <summary>The training engine against the reference executor: values, and gradients as double-precision difference quotients.</summary>
public sealed class CpuNetworkTests
{
    private static readonly int[] Widths = [256, 512, 128];

    /// <summary>Every graph, at widths and numbers of threads in turn.</summary>
    public static TheoryData<string, int, int> Cases =>
        new(TrainingGraphs.Operations.Concat(TrainingGraphs.Networks).Select((name, i) => (name, Widths[i % 3], 1 + (i % 2))));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_OfANetwork_IsTheDifferenceQuotient(string name, int width, int threads)
    {
        var (graph, count, height, side) = TrainingGraphs.Find(name);
        var weights = Weights.Initialize(graph, 3);
        var input = Random(count, height, side, graph.Input.Channels, seed: 1);
        using var network = new CpuNetwork(graph, weights, threads, GradientTargets.Parameters | GradientTargets.Input, (SimdWidth)width);
        var outputs = network.Forward(input);

        // The loss is the sum of the outputs times fixed factors, so the factors are its gradient.
        FeatureBatch[] factors = [.. outputs.Select((output, i) => Random(output.Count, output.Height, output.Width, output.Channels, seed: 2 + i))];
        var checker = new DifferenceQuotient(graph, weights, input, factors);
        checker.AssertOutputs(outputs);
        network.ClearGradients();
        var inputGradient = network.Backward(factors, GradientTargets.Parameters | GradientTargets.Input)!;
        checker.AssertParameters(network.Gradients());
        checker.AssertInput(inputGradient.Values);
        checker.AssertStatistics(network.Save().Weights);
    }

    [Theory]
    [InlineData("srresnet-cbam")]
    [InlineData("lapsrn-cbam")]
    [InlineData("vit")]
    public void Backward_OfANetworkMadeForItsInputsGradient_GivesTheSameAndTrainsNothing(string name)
    {
        var (graph, count, height, width) = TrainingGraphs.Find(name);
        var weights = Weights.Initialize(graph, 3);
        var input = Random(count, height, width, graph.Input.Channels, seed: 1);
        using var frozen = new CpuNetwork(graph, weights, threads: 1, GradientTargets.Input);
        using var whole = new CpuNetwork(graph, weights, threads: 1, GradientTargets.Parameters | GradientTargets.Input);
        var outputs = frozen.Forward(input);
        FeatureBatch[] factors = [.. outputs.Select((output, i) => Random(output.Count, output.Height, output.Width, output.Channels, seed: 2 + i))];
        var gradient = frozen.Backward(factors, GradientTargets.Input)!;
        whole.Forward(input);
        Assert.Equal(whole.Backward(factors, GradientTargets.Input)!.Values, gradient.Values);
        Assert.Equal(0, frozen.GradientNorm());
        Assert.Throws<InvalidOperationException>(() => frozen.Update(new OptimizerStep { Step = 1, LearningRate = 1e-3 }));
        Assert.Throws<InvalidOperationException>(() => frozen.Backward(factors, GradientTargets.Parameters));
    }

    [Theory]
    [InlineData("edsr")]
    [InlineData("edsr-x2")]
    [InlineData("espcn")]
    [InlineData("edsr-cbam-norm")]
    [InlineData("srresnet-cbam")]
    [InlineData("lapsrn-cbam")]
    [InlineData("vit")]
    public void Update_WithDifferentThreads_GivesTheSameBits(string name)
    {
        var (graph, _, height, width) = TrainingGraphs.Find(name);
        Assert.Equal(Train(graph, height, width, threads: 1), Train(graph, height, width, threads: 4));
    }

    [Theory]
    [InlineData("edsr-x2")]
    [InlineData("lapsrn-cbam")]
    [InlineData("srresnet-cbam")]
    public void Step_Again_AllocatesNextToNothing(string name)
    {
        var (graph, _, height, width) = TrainingGraphs.Find(name);
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 3), threads: 1);
        var input = Random(4, height, width, graph.Input.Channels, seed: 1);
        // The runtime itself allocates now and then as code runs for the first times.
        var allocated = Enumerable.Range(1, 8).Select(step =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outputs = network.Forward(input);
            network.ClearGradients();
            network.Backward(outputs, GradientTargets.Parameters);
            network.Update(new OptimizerStep { Step = step, LearningRate = 1e-4, AverageDecay = 0.999, GradientScale = network.GradientNorm() });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.InRange(allocated.Min(), 0, 256);
    }

    /// <summary>Every architecture with and without attention, made small.</summary>
    public static TheoryData<string> Architectures => new(NetworkCatalogue.Entries.Where(entry => entry.Options.Scale == 2).Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Update_OfAnArchitecture_HasAFiniteLossAndEveryGradient(string name)
    {
        NetworkOptions options = NetworkCatalogue.Find(name).Options switch
        {
            EdsrOptions edsr => edsr with { Blocks = 2, Features = 32 },
            SrResNetOptions srResNet => srResNet with { Blocks = 2, Features = 32 },
            LapSrnOptions lapSrn => lapSrn with { Blocks = 1, Features = 32 },
            VdsrOptions vdsr => vdsr with { Layers = 4, Features = 32 },
            VitOptions vit => vit with { WindowSize = 12, Dimension = 24, Depth = 1, Features = 16 },
            var other => other,
        };
        var graph = options.BuildGraph();
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 1), 2);
        var loss = new LossSum([new L1Loss()]);
        var (input, target) = (Random(4, 12, 12, 3, seed: 1), Random(4, 24, 24, 3, seed: 2));
        for (var step = 1; step <= 2; step++)
        {
            Assert.True(double.IsFinite(loss.Evaluate(network.Forward(input), [target])));
            network.ClearGradients();
            network.Backward(loss.Gradients, GradientTargets.Parameters);
            Assert.True(double.IsFinite(network.GradientNorm()));
            network.Update(new OptimizerStep { Step = step, LearningRate = 1e-3 });
        }

        var gradients = network.Gradients();
        Assert.All(graph.Parameters.Where(parameter => parameter.Trainable), parameter => Assert.Contains(gradients[parameter], value => value != 0));
    }

    [Fact]
    public void Forward_OfOneValuePerChannel_RefusesBatchStatistics()
    {
        var g = new GraphBuilder(3, 1, 1);
        var graph = g.Build(g.BatchNorm("bn", g.Input));
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 1), 1);
        var error = Assert.Throws<GraphException>(() => network.Forward(new FeatureBatch(1, 1, 1, 3)));
        Assert.Contains("larger batch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_OfOtherChannels_IsRefusedBehindAFittingBatchToo()
    {
        using var network = Espcn(seed: 1);
        network.Forward(new FeatureBatch(1, 8, 8, 3));

        Assert.Contains("takes 3 channels", Assert.Throws<ArgumentException>(() => network.Forward(new FeatureBatch(1, 8, 8, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_OfGradientsThatDontFit_SaysSo()
    {
        using var network = Espcn(seed: 1);
        network.Forward(new FeatureBatch(1, 8, 8, 3));

        Assert.Contains("1x16x16x3", Assert.Throws<ArgumentException>(() => network.Backward([new FeatureBatch(2, 32, 32, 3)], GradientTargets.Parameters)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Backward([new FeatureBatch(1, 16, 16, 3), new FeatureBatch(1, 16, 16, 3)], GradientTargets.Parameters));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Update(new OptimizerStep { Step = 0, LearningRate = 1e-3 }));
    }

    [Fact]
    public void Load_OfAStateThatDoesNotFit_LoadsNothing()
    {
        using var network = Espcn(seed: 1);
        var before = network.Save();
        var other = Weights.Initialize(new EspcnOptions(Scale: 2).BuildGraph(), 2);
        var wrong = Weights.Initialize(new EspcnOptions(Scale: 3).BuildGraph(), 2);

        Assert.Throws<GraphException>(() => network.Load(before with { Weights = other, Average = wrong }));

        var name = before.Weights.Names.First();
        Assert.Equal(before.Weights[name].Values.ToArray(), network.Save().Weights[name].Values.ToArray());
    }

    [Fact]
    public void Load_OfASavedState_ContinuesTheSame()
    {
        var (graph, _, height, width) = TrainingGraphs.Find("edsr");
        using var first = new CpuNetwork(graph, Weights.Initialize(graph, 1), 2);
        using var second = new CpuNetwork(graph, Weights.Initialize(graph, 2), 2);
        Steps(first, height, width, 1, 3);
        second.Load(first.Save());
        Steps(first, height, width, 4, 6);
        Steps(second, height, width, 4, 6);
        Assert.Equal(Flat(first.Save()), Flat(second.Save()));
    }

    [Fact]
    public void Update_OnOneValue_IsAdamByHand()
    {
        var g = new GraphBuilder(1, 1, 1);
        var graph = g.Build(g.Conv("c", g.Input, 1, kernel: 1));
        var weights = Weights.Initialize(graph, 0);
        using var network = new CpuNetwork(graph, weights, 1);
        var input = new FeatureBatch(1, 1, 1, 1);
        input.Values[0] = 2;
        var gradient = new FeatureBatch(1, 1, 1, 1);
        gradient.Values[0] = 0.25f;
        var step = new OptimizerStep { Step = 1, LearningRate = 0.1, WeightDecay = 0.5, AverageDecay = 0.9, GradientScale = 0.5 };
        network.Forward(input);
        network.Backward([gradient], GradientTargets.Parameters);
        Assert.Equal(Math.Sqrt((0.5 * 0.5) + (0.25 * 0.25)), network.GradientNorm(), 1e-6);
        network.Update(step);

        // g = 0.5 * 0.5; m = 0.1 g, v = 0.001 g²; bias-corrected they are g and g², so the step is the learning rate.
        var before = weights["c.weight"].Values[0];
        var after = (before * (1 - (0.1 * 0.5))) - 0.1;
        var state = network.Save();
        Assert.Equal(after, state.Weights["c.weight"].Values[0], 1e-5);
        Assert.Equal(before + (0.1 * (after - before)), state.Average["c.weight"].Values[0], 1e-5);
        Assert.Equal(0.1 * 0.25, state.FirstMoment["c.weight"].Values[0], 1e-7);
        Assert.Equal(0.001 * 0.25 * 0.25, state.SecondMoment["c.weight"].Values[0], 1e-9);
    }

    [Fact]
    public void Train_OnOnePatch_Overfits()
    {
        var graph = new EdsrOptions { Scale = 2, Blocks = 2, Features = 16 }.BuildGraph();
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 1), 2);
        var (input, target) = (Random(1, 8, 8, 3, seed: 1), Random(1, 16, 16, 3, seed: 2));
        var loss = new LossSum([new MseLoss()]);
        double value = 0;
        for (var step = 1; step <= 1200; step++)
        {
            value = loss.Evaluate(network.Forward(input), [target]);
            network.ClearGradients();
            network.Backward(loss.Gradients, GradientTargets.Parameters);
            network.Update(new OptimizerStep { Step = step, LearningRate = step < 900 ? 3e-3 : 5e-4 });
        }

        Assert.True(-10 * Math.Log10(value) > 40, $"PSNR is {-10 * Math.Log10(value):F1} dB");
    }

    private static float[] Train(Graph graph, int height, int width, int threads)
    {
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 1), threads);
        Steps(network, height, width, 1, 3);
        return Flat(network.Save());
    }

    private static void Steps(CpuNetwork network, int height, int width, int first, int last)
    {
        for (var step = first; step <= last; step++)
        {
            var outputs = network.Forward(Random(16, height, width, 3, seed: step));
            network.ClearGradients();
            network.Backward([.. outputs.Select(output => Random(output.Count, output.Height, output.Width, output.Channels, seed: -step))], GradientTargets.Parameters);
            network.Update(new OptimizerStep { Step = step, LearningRate = 1e-3, AverageDecay = 0.9 });
        }
    }

    private static float[] Flat(NetworkState state) =>
        [.. new[] { state.Weights, state.Average, state.FirstMoment, state.SecondMoment }.SelectMany(weights => weights.Names.Order().SelectMany(name => weights[name].Values))];

    internal static FeatureBatch Random(int count, int height, int width, int channels, int seed)
    {
        var batch = new FeatureBatch(count, height, width, channels);
        var random = new Random(seed);
        for (var i = 0; i < batch.Values.Length; i++)
        {
            batch.Values[i] = random.NextSingle();
        }

        return batch;
    }

    private static CpuNetwork Espcn(ulong seed)
    {
        var graph = new EspcnOptions(Scale: 2).BuildGraph();
        return new CpuNetwork(graph, Weights.Initialize(graph, seed), threads: 1);
    }
}
