using SuperRes.Networks;

namespace SuperRes.Training;

/// <summary>Where networks are trained: the seam between trainers and the engines that run them. Safe for several threads.</summary>
public interface ITrainingDevice
{
    /// <summary>What a person calls it: <c>cpu</c>, <c>cuda:0</c>.</summary>
    string Name { get; }

    /// <summary>Puts a network on the device. The caller disposes it.</summary>
    /// <param name="graph">What it computes.</param>
    /// <param name="weights">Its weights, copied.</param>
    /// <param name="targets">The gradients that it will be asked for, at most.</param>
    /// <exception cref="GraphException">The weights don't fit, or an operation can't be trained.</exception>
    ITrainableNetwork Create(Graph graph, Weights weights, GradientTargets targets = GradientTargets.Parameters);
}
