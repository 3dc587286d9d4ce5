using System.Diagnostics;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Optimization;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Times training steps on random numbers, which take as long as images.</summary>
internal static class StepTimer
{
    private const int Warm = 2;
    private const int Timed = 5;

    /// <summary>Milliseconds of a step: forward, backward and update, averaged over the experiment's patch sizes.</summary>
    public static double Measure(Experiment experiment, NetworkOptions options, ITrainingDevice device)
    {
        var graph = options.BuildGraph();
        using var network = device.Create(graph, Weights.Initialize(graph, 1));
        return experiment.Training.Patches.Sum(stage => stage.Share * Measure(network, experiment.Training.Batch, stage.Size));
    }

    private static double Measure(ITrainableNetwork network, int batch, int size)
    {
        var input = new FeatureBatch(batch, size, size, 3);
        var random = new Random(1);
        foreach (ref var value in input.Values.AsSpan())
        {
            value = random.NextSingle();
        }

        double[] times = [.. Enumerable.Range(1, Warm + Timed).Select(step => Step(network, input, step)).Skip(Warm).Order()];
        return times[Timed / 2];
    }

    private static double Step(ITrainableNetwork network, FeatureBatch input, int step)
    {
        var start = Stopwatch.GetTimestamp();
        var outputs = network.Forward(input);
        network.ClearGradients();
        network.Backward(outputs, GradientTargets.Parameters);
        network.Update(new OptimizerStep { Step = step, LearningRate = 1e-9, GradientScale = 1e-6 });
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
