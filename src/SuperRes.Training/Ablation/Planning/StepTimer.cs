using System.Diagnostics;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Optimization;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Times a network's training steps on random numbers, which take as long as images.</summary>
internal sealed class StepTimer : IDisposable
{
    /// <summary>The first steps are slow: their code is compiled again while they run. It is over after so many of them, or after a second of them.</summary>
    private const int WarmSteps = 30;

    private static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(1);

    private readonly ITrainableNetwork _network;
    private readonly (double Share, FeatureBatch Input)[] _stages;
    private int _step;

    public StepTimer(Experiment experiment, NetworkOptions options, ITrainingDevice device)
    {
        var graph = options.BuildGraph();
        _network = device.Create(graph, Weights.Initialize(graph, 1));
        _stages = [.. experiment.Training.Patches.Select(stage => (stage.Share, Noise(experiment.Training.Batch, stage.Size)))];
        for (var start = Stopwatch.GetTimestamp(); _step < 2 || (_step < WarmSteps && Stopwatch.GetElapsedTime(start) < WarmTime);)
        {
            Once();
        }
    }

    /// <summary>Milliseconds of a step: forward, backward and update, averaged over the experiment's patch sizes. Median of a few.</summary>
    public double Median() => Turns.Median(Once, 7);

    /// <summary>This network's time over another's.</summary>
    public double RatioTo(StepTimer other) => Turns.Ratio(Once, other.Once, 15);

    public void Dispose() => _network.Dispose();

    private double Once() => _stages.Sum(stage => stage.Share * Step(stage.Input));

    private double Step(FeatureBatch input)
    {
        var start = Stopwatch.GetTimestamp();
        var outputs = _network.Forward(input);
        _network.ClearGradients();
        _network.Backward(outputs, GradientTargets.Parameters);
        _network.Update(new OptimizerStep { Step = ++_step, LearningRate = 1e-9, GradientScale = 1e-6 });
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static FeatureBatch Noise(int batch, int size)
    {
        var input = new FeatureBatch(batch, size, size, 3);
        var random = new Random(1);
        foreach (ref var value in input.Values.AsSpan())
        {
            value = random.NextSingle();
        }

        return input;
    }
}
