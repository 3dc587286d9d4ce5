using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Torch.Loading;
using SuperRes.Training;
using SuperRes.Training.Cpu;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;
using SuperRes.Training.Runs;
using SuperRes.Training.Tests.Cpu;
using TorchSharp;

namespace SuperRes.Torch.Tests;

public sealed class TorchNetworkTests
{
    private static readonly CbamOptions Attention = new(Reduction: 4);

    [Fact]
    public void Update_OnOneValue_IsAdamByHand()
    {
        LibTorchRequired.OrSkip();
        var g = new GraphBuilder(1, 1, 1);
        var graph = g.Build(g.Conv("c", g.Input, 1, kernel: 1));
        var weights = Weights.Initialize(graph, 0);
        using var network = new TorchNetwork(graph, weights, TorchDevice.Cpu);
        var (input, gradient) = (new FeatureBatch(1, 1, 1, 1), new FeatureBatch(1, 1, 1, 1));
        (input.Values[0], gradient.Values[0]) = (2, 0.25f);
        network.Forward(input);
        network.Backward([gradient], GradientTargets.Parameters);
        Assert.Equal(Math.Sqrt((0.5 * 0.5) + (0.25 * 0.25)), network.GradientNorm(), 1e-6);
        network.Update(new OptimizerStep { Step = 1, LearningRate = 0.1, WeightDecay = 0.5, AverageDecay = 0.9, GradientScale = 0.5 });

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
    public void Backward_ToTheInputOnly_LeavesTheParametersGradientsAlone()
    {
        LibTorchRequired.OrSkip();
        var graph = new EspcnOptions { Scale = 2 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu, targets: GradientTargets.Parameters | GradientTargets.Input);
        var output = network.Forward(Batches.Random(1, 4, 5, 3, seed: 1))[0];
        var gradient = network.Backward([Batches.RandomLike(output, seed: 2)], GradientTargets.Input);
        Assert.Contains(gradient!.Values, value => value != 0);
        Assert.Equal(0, network.GradientNorm());
    }

    [Fact]
    public void Backward_OfANetworkMadeForItsInputsGradient_GivesTheSameAndTrainsNothing()
    {
        LibTorchRequired.OrSkip();
        var graph = new EspcnOptions { Scale = 2 }.BuildGraph();
        var weights = Weights.Initialize(graph, 1);
        var input = Batches.Random(1, 4, 5, 3, seed: 1);
        using var frozen = new TorchNetwork(graph, weights, TorchDevice.Cpu, targets: GradientTargets.Input);
        using var whole = new TorchNetwork(graph, weights, TorchDevice.Cpu, targets: GradientTargets.Parameters | GradientTargets.Input);
        var factors = Batches.RandomLike(frozen.Forward(input)[0], seed: 2);
        var gradient = frozen.Backward([factors], GradientTargets.Input)!;
        whole.Forward(input);
        Assert.Equal(whole.Backward([factors], GradientTargets.Input)!.Values, gradient.Values);
        Assert.Equal(0, frozen.GradientNorm());
        Assert.Throws<InvalidOperationException>(() => frozen.Update(new OptimizerStep { Step = 1, LearningRate = 1e-3 }));
    }

    [Fact]
    public void Backward_Twice_AddsUp()
    {
        LibTorchRequired.OrSkip();
        var graph = new EspcnOptions { Scale = 2 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu);
        var input = Batches.Random(1, 4, 5, 3, seed: 1);
        var factors = Batches.RandomLike(network.Forward(input)[0], seed: 2);
        network.Backward([factors], GradientTargets.Parameters);
        var once = network.GradientNorm();
        network.Forward(input);
        network.Backward([factors], GradientTargets.Parameters);
        Assert.Equal(2 * once, network.GradientNorm(), once * 1e-5);
        network.ClearGradients();
        Assert.Equal(0, network.GradientNorm());
    }

    [Fact]
    public void Save_OfALoadedState_IsTheSameBits()
    {
        LibTorchRequired.OrSkip();
        var graph = new SrResNetOptions { Scale = 2, Blocks = 1, Features = 16, Attention = Attention }.BuildGraph();
        using var engine = new CpuNetwork(graph, Weights.Initialize(graph, 1), 2);
        Train(engine, first: 1, last: 3);
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 2), TorchDevice.Cpu);
        network.Load(engine.Save());
        Assert.Equal(Flat(engine.Save()), Flat(network.Save()));
    }

    [Fact]
    public void RestoreStatistics_AfterAnotherForwardPass_GivesThoseOfTheLastUpdate()
    {
        LibTorchRequired.OrSkip();
        var graph = new SrResNetOptions { Blocks = 1, Features = 8, Scale = 2 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu);
        var output = network.Forward(Batches.Random(2, 8, 8, 3, seed: 1))[0];
        network.Backward([Batches.RandomLike(output, seed: 2)], GradientTargets.Parameters);
        network.Update(new OptimizerStep { Step = 1, LearningRate = 1e-3, AverageDecay = 0.9 });
        var before = network.Save().Weights;

        network.Forward(Batches.Random(2, 8, 8, 3, seed: 3));
        var moved = network.Save().Weights;
        network.RestoreStatistics();

        var after = network.Save().Weights;
        Assert.Contains(before.Names, name => !before[name].Values.SequenceEqual(moved[name].Values));
        Assert.All(before.Names, name => Assert.Equal(before[name].Values, after[name].Values));
    }

    /// <summary>A run that changes its device twice, by way of checkpoint files, learns as one that does not.</summary>
    [Fact]
    public void Train_FromTheEngineToLibTorchAndBack_GoesOn()
    {
        LibTorchRequired.OrSkip();
        var graph = new EdsrOptions { Scale = 2, Blocks = 2, Features = 16, Attention = Attention }.BuildGraph();
        using var whole = new CpuNetwork(graph, Weights.Initialize(graph, 1), 2);
        Train(whole, 1, 40);
        var expected = Train(whole, 41, 60);

        var path = Path.Combine(Directory.CreateTempSubdirectory("superres-").FullName, "step.ckpt");
        using (var engine = new CpuNetwork(graph, Weights.Initialize(graph, 1), 2))
        {
            Train(engine, 1, 20);
            CheckpointFile.Write(path, new Checkpoint(20, new Dictionary<string, NetworkState> { [Checkpoint.Generator] = engine.Save() }));
        }

        using (var torch = new TorchNetwork(graph, Weights.Initialize(graph, 7), TorchDevice.Cpu, new TorchOptions(Threads: 2)))
        {
            torch.Load(CheckpointFile.Read(path).Networks[Checkpoint.Generator]);
            Train(torch, 21, 40);
            CheckpointFile.Write(path, new Checkpoint(40, new Dictionary<string, NetworkState> { [Checkpoint.Generator] = torch.Save() }));
        }

        using var last = new CpuNetwork(graph, Weights.Initialize(graph, 8), 2);
        last.Load(CheckpointFile.Read(path).Networks[Checkpoint.Generator]);
        var actual = Train(last, 41, 60);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        // Rounding differs from step 21 on and grows with training; forgotten moments would cost ten times this much.
        Assert.Equal(expected, actual, expected * 0.01);
        var (weights, average) = (Distance(whole.Save().Weights, last.Save().Weights), Distance(whole.Save().Average, last.Save().Average));
        Assert.True(weights < 0.01 && average < 0.01, $"the weights are {weights} apart, their averages {average}");
    }

    [Fact]
    public void Train_InBfloat16_LearnsToo()
    {
        LibTorchRequired.Bfloat16OrSkip();
        var graph = new EdsrOptions { Scale = 2, Blocks = 1, Features = 16 }.BuildGraph();
        using var narrow = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu, new TorchOptions(Bfloat16: true));
        using var wide = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu);
        var (first, last) = (Train(narrow, 1, 1), Train(narrow, 2, 30));
        var expected = Train(wide, 1, 30);
        Assert.True(last < 0.8 * first, $"the loss went from {first} to {last}");
        Assert.Equal(expected, last, expected * 0.05);
    }

    public static TheoryData<string> Graphs => new(TrainingGraphs.Operations.Concat(TrainingGraphs.Networks));

    /// <summary>Every operation and every network, in bfloat16 against float32.</summary>
    [Theory]
    [MemberData(nameof(Graphs))]
    public void Backward_InBfloat16_IsNearThatInFloat32(string name)
    {
        LibTorchRequired.Bfloat16OrSkip();
        var (graph, count, height, width) = TrainingGraphs.Find(name);
        var weights = Weights.Initialize(graph, 3);
        using var narrow = new TorchNetwork(graph, weights, TorchDevice.Cpu, new TorchOptions(Bfloat16: true));
        using var wide = new TorchNetwork(graph, weights, TorchDevice.Cpu);
        var input = Batches.Random(count, height, width, graph.Input.Channels, seed: 1);
        var (actual, expected) = (narrow.Forward(input), wide.Forward(input));
        Assert.All(expected.Zip(actual), pair => AssertNear(pair.First.Values, pair.Second.Values));

        FeatureBatch[] factors = [.. expected.Select((output, i) => Batches.RandomLike(output, seed: 2 + i))];
        narrow.Backward(factors, GradientTargets.Parameters);
        wide.Backward(factors, GradientTargets.Parameters);
        var (actualGradients, expectedGradients) = (narrow.Gradients(), wide.Gradients());
        AssertNear(
            [.. expectedGradients.Names.SelectMany(parameter => expectedGradients[parameter].Values)],
            [.. expectedGradients.Names.SelectMany(parameter => actualGradients[parameter].Values)]);

        // In the Euclidean norm: 8 bits of precision, through up to ten layers with the statistics of small batches.
        static void AssertNear(float[] expected, float[] actual)
        {
            var difference = Math.Sqrt(expected.Zip(actual).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
            var norm = Math.Sqrt(expected.Sum(value => (double)value * value));
            Assert.True(difference <= 0.1 * norm, $"{difference / norm:0.0000} of the norm apart");
        }
    }

    [Fact]
    public void Backward_WithGradientsThatDoNotFit_IsRefused()
    {
        LibTorchRequired.OrSkip();
        var graph = new EspcnOptions { Scale = 2 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu, targets: GradientTargets.Parameters | GradientTargets.Input);
        Assert.Contains("takes 3 channels", Assert.Throws<ArgumentException>(() => network.Forward(new FeatureBatch(1, 4, 5, 1))).Message, StringComparison.Ordinal);
        network.Forward(Batches.Random(1, 4, 5, 3, seed: 1));

        Assert.Contains("got a gradient of", Assert.Throws<ArgumentException>(() => network.Backward([new FeatureBatch(1, 4, 5, 3)], GradientTargets.Parameters)).Message, StringComparison.Ordinal);
        Assert.Contains("got 0 gradients", Assert.Throws<ArgumentException>(() => network.Backward([], GradientTargets.Parameters)).Message, StringComparison.Ordinal);
        Assert.All(network.Backward([null], GradientTargets.Input)!.Values, value => Assert.Equal(0, value));
    }

    /// <summary>Losses on the device against those of the host, on a network of several outputs.</summary>
    [Fact]
    public void Learn_IsForwardLossesAndBackward()
    {
        LibTorchRequired.OrSkip();
        var graph = new LapSrnOptions { Scale = 4, Blocks = 1, Features = 16 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu);
        var input = Batches.Random(2, 8, 8, 3, seed: 1);
        PixelLoss[] losses = [new L1Loss { Weight = 0.5 }, new MseLoss { Weight = 3 }, new CharbonnierLoss { Epsilon = 0.1 }];
        var outputs = network.Forward(input);
        FeatureBatch[] targets = [.. outputs.Select((output, i) => Batches.RandomLike(output, seed: 5 + i))];
        var (sum, parts) = (new LossSum(losses), new LossParts());
        sum.Evaluate(outputs, targets, parts);
        network.Backward(sum.Gradients, GradientTargets.Parameters);
        var expected = network.Gradients();

        network.ClearGradients();
        var values = network.Learn(input, targets, losses);
        Assert.All(losses.Zip(values), pair => Assert.Equal(parts.Values[pair.First.Kind], pair.Second, 1e-6 * pair.Second));
        var distance = Distance(expected, network.Gradients());
        Assert.True(distance < 1e-5, $"the gradients are {distance} apart");
    }

    [Fact]
    public void Learn_OnATargetOfAnotherShape_SaysBoth()
    {
        LibTorchRequired.OrSkip();
        var graph = new EspcnOptions { Scale = 2 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu);
        var exception = Assert.Throws<ArgumentException>(() => network.Learn(Batches.Random(1, 4, 5, 3, seed: 1), [Batches.Random(1, 8, 8, 3, seed: 1)], [new L1Loss()]));
        Assert.Contains("1x8x8x3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1x8x10x3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_ForManySteps_LeavesNoTensorAlive()
    {
        LibTorchRequired.OrSkip();
        var graph = new LapSrnOptions { Scale = 4, Blocks = 1, Features = 16 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu, new TorchOptions(Bfloat16: true));
        var input = Batches.Random(2, 8, 8, 3, seed: 1);
        FeatureBatch[] targets = [.. network.Forward(input).Select(output => Batches.RandomLike(output, seed: 5))];
        network.Learn(input, targets, [new L1Loss()]);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++)
        {
            network.Learn(input, targets, [new L1Loss()]);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void TurnOnCudnnBenchmark_IsTakenByLibTorch()
    {
        LibTorchRequired.OrSkip();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the function's name is another with Microsoft's compiler");
        Assert.True(LibTorch.TurnOnCudnnBenchmark());
    }

    [Fact]
    public void Train_ForManySteps_LeavesNoTensorAlive()
    {
        LibTorchRequired.OrSkip();
        var graph = new LapSrnOptions { Scale = 4, Blocks = 1, Features = 16 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu);
        Train(network, 1, 2);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train(network, 3, 12);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Forward_OfAnotherSize_MakesRoomAnew()
    {
        LibTorchRequired.OrSkip();
        var graph = new EspcnOptions { Scale = 2 }.BuildGraph();
        using var network = new TorchNetwork(graph, Weights.Initialize(graph, 1), TorchDevice.Cpu);
        Assert.Equal("1x8x10x3", network.Forward(Batches.Random(1, 4, 5, 3, seed: 1))[0].ToString());
        Assert.Equal("2x12x6x3", network.Forward(Batches.Random(2, 6, 3, 3, seed: 1))[0].ToString());
    }

    [Fact]
    public void Load_OfAnotherNetwork_SaysWhatDiffers()
    {
        LibTorchRequired.OrSkip();
        var (small, large) = (new EspcnOptions { Scale = 2 }.BuildGraph(), new EspcnOptions { Scale = 3 }.BuildGraph());
        using var network = new TorchNetwork(small, Weights.Initialize(small, 1), TorchDevice.Cpu);
        using var other = new CpuNetwork(large, Weights.Initialize(large, 1), 1);
        Assert.Contains("does not fit", Assert.Throws<GraphException>(() => network.Load(other.Save())).Message, StringComparison.Ordinal);
        var whole = network.Save();
        var error = Assert.Throws<GraphException>(() => network.Load(whole with { FirstMoment = new Weights([]) }));
        Assert.Contains("the moments of 'conv1.weight'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Trains on one batch, and returns the last loss.</summary>
    private static double Train(ITrainableNetwork network, long first, long last)
    {
        var input = Batches.Random(2, 8, 8, 3, seed: 1);
        var loss = new LossSum([new L1Loss()]);
        FeatureBatch[]? targets = null;
        double value = 0;
        for (var step = first; step <= last; step++)
        {
            var outputs = network.Forward(input);
            targets ??= [.. outputs.Select((output, i) => Batches.RandomLike(output, seed: 5 + i))];
            value = loss.Evaluate(outputs, targets);
            network.ClearGradients();
            network.Backward(loss.Gradients, GradientTargets.Parameters);
            network.Update(new OptimizerStep { Step = step, LearningRate = 1e-3, AverageDecay = 0.9 });
        }

        return value;
    }

    private static float[] Flat(NetworkState state) =>
        [.. new[] { state.Weights, state.Average, state.FirstMoment, state.SecondMoment }.SelectMany(weights => weights.Names.Order().SelectMany(name => weights[name].Values))];

    /// <summary>Of all values together, relative.</summary>
    private static double Distance(Weights expected, Weights actual)
    {
        var pairs = expected.Names.SelectMany(name => expected[name].Values.Zip(actual[name].Values)).ToArray();
        return Math.Sqrt(pairs.Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / pairs.Sum(pair => Math.Pow(pair.First, 2)));
    }
}
