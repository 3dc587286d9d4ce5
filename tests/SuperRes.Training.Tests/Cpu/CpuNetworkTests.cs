using SuperRes.Engine.Reference;
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
    public static TheoryData<string, int, int> Cases => new()
    {
        { "edsr", 256, 1 }, { "edsr", 512, 2 }, { "edsr", 128, 3 }, { "edsr-x2", 512, 2 }, { "edsr-x3-odd", 256, 2 }, { "edsr-scaled", 512, 1 },
        { "espcn", 512, 2 }, { "espcn-small", 256, 2 }, { "strided", 512, 2 }, { "mixed", 256, 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_OfANetwork_IsTheDifferenceQuotient(string name, int width, int threads)
    {
        var (graph, side) = Network(name);
        var weights = Weights.Initialize(graph, 3);
        var input = Random(2, side, side + 3, graph.Input.Channels, seed: 1);
        using var network = new CpuNetwork(graph, weights, threads, GradientTargets.Parameters | GradientTargets.Input, (SimdWidth)width);
        var output = network.Forward(input)[0];
        AssertClose(Reference(graph, weights, input), output.Values, 1e-4);

        // The loss is the sum of the outputs times fixed factors, so the factors are its gradient.
        var factors = Random(output.Count, output.Height, output.Width, output.Channels, seed: 2);
        network.ClearGradients();
        var inputGradient = network.Backward([factors], GradientTargets.Parameters | GradientTargets.Input)!;

        var checker = new DifferenceQuotient(graph, weights, input, factors);
        var gradients = network.Gradients();
        foreach (var parameter in graph.Parameters.Where(parameter => parameter.Trainable))
        {
            checker.AssertParameter(parameter.Name, gradients[parameter.Name].Values);
        }

        checker.AssertInput(inputGradient.Values);
    }

    [Theory]
    [InlineData("edsr")]
    [InlineData("espcn")]
    public void Update_WithDifferentThreads_GivesTheSameBits(string name)
    {
        var (graph, side) = Network(name);
        Assert.Equal(Train(graph, side, threads: 1), Train(graph, side, threads: 4));
    }

    [Fact]
    public void Load_OfASavedState_ContinuesTheSame()
    {
        var (graph, side) = Network("edsr");
        using var first = new CpuNetwork(graph, Weights.Initialize(graph, 1), 2);
        using var second = new CpuNetwork(graph, Weights.Initialize(graph, 2), 2);
        Steps(first, side, 1, 3);
        second.Load(first.Save());
        Steps(first, side, 4, 6);
        Steps(second, side, 4, 6);
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

    private static (Graph Graph, int Side) Network(string name)
    {
        switch (name)
        {
            case "edsr":
                return (new EdsrOptions { Scale = 4, Blocks = 1, Features = 16 }.BuildGraph(), 5);
            case "edsr-x2":
                return (new EdsrOptions { Scale = 2, Blocks = 1, Features = 32 }.BuildGraph(), 4);
            case "edsr-x3-odd":
                return (new EdsrOptions { Scale = 3, Blocks = 1, Features = 16 }.BuildGraph(), 5);
            case "edsr-scaled":
                return (new EdsrOptions { Scale = 2, Blocks = 1, Features = 16, ResidualScale = 0.1f }.BuildGraph(), 5);
            case "espcn":
                return (new EspcnOptions { Scale = 4 }.BuildGraph(), 5);
            case "espcn-small":
                return (new EspcnOptions { Scale = 3 }.BuildGraph(), 4);
            case "strided":
                var s = new GraphBuilder();
                var down = s.LeakyRelu(s.Conv("down", s.Conv("head", s.Input, 16, 5), 12, 3, stride: 2, padding: 1), 0.2f);
                return (s.Build(s.Sigmoid(s.Conv("last", down, 5, 1))), 9);
            case "mixed":
                // One map read four times, terms shared between sums, and a rectified map that is also a term.
                var g = new GraphBuilder();
                var x = g.Relu(g.Conv("head", g.Input, 16, 3));
                var sum = g.Add(g.Conv("a", x, 16, 3), x);
                var more = g.Add(g.Add(sum, g.Relu(g.Conv("b", sum, 16, 3))), x);
                return (g.Build(g.Tanh(g.Conv("tail", g.Add(more, g.Conv("c", more, 16, 3)), 3, 3))), 6);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, null);
        }
    }

    private static float[] Train(Graph graph, int side, int threads)
    {
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 1), threads);
        Steps(network, side, 1, 3);
        return Flat(network.Save());
    }

    private static void Steps(CpuNetwork network, int side, int first, int last)
    {
        for (var step = first; step <= last; step++)
        {
            var output = network.Forward(Random(16, side, side, 3, seed: step))[0];
            network.ClearGradients();
            network.Backward([Random(output.Count, output.Height, output.Width, output.Channels, seed: -step)], GradientTargets.Parameters);
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

    private static double[] Reference(Graph graph, Weights weights, FeatureBatch input) => DifferenceQuotient.Run(graph, weights, input);

    internal static void AssertClose(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"value {i} is {actual[i]}, expected {expected[i]}");
        }
    }
}
