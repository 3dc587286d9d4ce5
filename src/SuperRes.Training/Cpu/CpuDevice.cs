using SuperRes.Networks;

namespace SuperRes.Training.Cpu;

/// <summary>The processor, on SuperRes's own engine.</summary>
/// <param name="threads">Threads of each network; 0 for one per processor.</param>
public sealed class CpuDevice(int threads = 0) : ITrainingDevice
{
    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public ITrainableNetwork Create(Graph graph, Weights weights, GradientTargets targets = GradientTargets.Parameters) =>
        new CpuNetwork(graph, weights, threads, targets);
}
