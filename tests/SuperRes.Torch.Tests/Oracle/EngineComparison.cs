using SuperRes.Engine.Simd;
using SuperRes.Networks;
using SuperRes.Training;
using SuperRes.Training.Cpu;
using static TorchSharp.torch;

namespace SuperRes.Torch.Tests.Oracle;

/// <summary>One forward and backward pass on SuperRes's engine in float32 and on libtorch in float64, compared.</summary>
internal static class EngineComparison
{
    private const GradientTargets All = GradientTargets.Parameters | GradientTargets.Input;

    /// <summary>Outputs and running statistics: float32 against float64, on the scale of the largest value.</summary>
    private const double ForwardTolerance = 1e-4;

    /// <param name="gradientTolerance">Largest difference of a parameter's gradients, relative to the largest of them.</param>
    public static void AssertAgree(Graph graph, (int Count, int Height, int Width) batch, double gradientTolerance, SimdWidth width, int threads)
    {
        var weights = Weights.Initialize(graph, 3);
        var input = Batches.Random(batch.Count, batch.Height, batch.Width, graph.Input.Channels, seed: 1);
        using var engine = new CpuNetwork(graph, weights, threads, All, width);
        using var oracle = new TorchNetwork(graph, weights, CPU, new TorchOptions(Threads: 1), All, ScalarType.Float64);

        var (actual, expected) = (engine.Forward(input), oracle.Forward(input));
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(actual[i].HasShapeOf(expected[i]));
            Compare($"output {graph.Outputs[i].Key}", expected[i].Values, actual[i].Values, ForwardTolerance, floor: 0);
        }

        FeatureBatch[] factors = [.. actual.Select((output, i) => Batches.RandomLike(output, seed: 2 + i))];
        engine.ClearGradients();
        oracle.ClearGradients();
        var (actualInput, expectedInput) = (engine.Backward(factors, All)!, oracle.Backward(factors, All)!);
        Compare("the input's gradient", expectedInput.Values, actualInput.Values, gradientTolerance, floor: 0);
        CompareParameters(graph, oracle.Gradients(), engine.Gradients(), gradientTolerance);
        CompareStatistics(graph, oracle.Save().Weights, engine.Save().Weights);
    }

    /// <summary>Gradients that batch norm cancels are what rounding leaves of the others, and are compared on their scale.</summary>
    private static void CompareParameters(Graph graph, Weights expected, Weights actual, double tolerance)
    {
        var trained = graph.Parameters.Where(parameter => parameter.Trainable).ToArray();
        var floor = 1e-5 * trained.Max(parameter => Largest(expected[parameter]));
        Assert.All(trained, parameter => Compare(parameter.Name, expected[parameter], actual[parameter], tolerance, floor));
    }

    private static void CompareStatistics(Graph graph, Weights expected, Weights actual) => Assert.All(
        graph.Parameters.Where(parameter => !parameter.Trainable),
        parameter => Compare(parameter.Name, expected[parameter], actual[parameter], ForwardTolerance, floor: 0));

    /// <param name="floor">A smallest scale; values that are all below it are compared on it.</param>
    private static void Compare(string what, float[] expected, float[] actual, double tolerance, double floor)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Largest(expected);
        Assert.True(scale > 0 || floor > 0, $"{what} is all zero");
        var allowed = scale > floor ? tolerance * scale : floor;
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{what}[{i}] is {actual[i]}, libtorch has {expected[i]}; the largest is {scale}");
        }
    }

    private static double Largest(float[] values) => values.Max(Math.Abs);
}
