using SuperRes.Networks;
using SuperRes.Training;
using SuperRes.Training.Cpu;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;

namespace SuperRes.Benchmarks.Training;

/// <summary>Training steps on SuperRes's own engine.</summary>
internal sealed class EngineStep : IDisposable
{
    private readonly CpuNetwork _network;
    private readonly LossSum _loss = new([new L1Loss()]);
    private readonly (FeatureBatch Input, FeatureBatch[] Targets) _data;
    private long _step;

    public EngineStep(StepCase step, int threads)
    {
        var graph = step.BuildGraph();
        _network = new CpuNetwork(graph, Weights.Initialize(graph, 1), threads);
        _data = step.Data(graph);
    }

    /// <summary>Forward, L1, backward, Adam; returns the loss.</summary>
    public double Run()
    {
        var loss = _loss.Evaluate(_network.Forward(_data.Input), _data.Targets);
        _network.ClearGradients();
        _network.Backward(_loss.Gradients, GradientTargets.Parameters);
        _network.Update(new OptimizerStep { Step = ++_step, LearningRate = 1e-4 });
        return loss;
    }

    public void Dispose() => _network.Dispose();
}
