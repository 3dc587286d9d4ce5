using SuperRes.Networks;
using SuperRes.Training.Optimization;

namespace SuperRes.Training;

/// <summary>
/// A graph with weights, gradients and optimiser state on some device: the pure C# engine, or TorchSharp. Losses are
/// computed by the caller on the outputs; everything that grows with the network stays on the device.
/// Not safe for use by several threads at once.
/// </summary>
public interface ITrainableNetwork : IDisposable
{
    /// <summary>What it computes.</summary>
    Graph Graph { get; }

    /// <summary>
    /// Runs the network in training mode: batch norm uses the batch's statistics and moves the running ones.
    /// Batches of another size than the last are allowed (a patch schedule); they cost a new plan.
    /// </summary>
    /// <param name="input">N, H, W, C; not kept after <see cref="Backward"/>.</param>
    /// <returns>One batch per <see cref="Graph.Outputs"/>, in that order; the network's own, valid until the next call of this method.</returns>
    IReadOnlyList<FeatureBatch> Forward(FeatureBatch input);

    /// <summary>Propagates the gradients of a loss with respect to the outputs of the last <see cref="Forward"/>, once per forward pass.</summary>
    /// <param name="outputGradients">One per output, null where the loss does not depend on it.</param>
    /// <param name="targets">What is wanted; parameters' gradients are added to those already there.</param>
    /// <returns>The gradient with respect to the input where asked for, else null; the network's own, valid until the next call.</returns>
    FeatureBatch? Backward(IReadOnlyList<FeatureBatch?> outputGradients, GradientTargets targets);

    /// <summary>Sets all parameters' gradients to zero.</summary>
    void ClearGradients();

    /// <summary>The Euclidean norm of all parameters' gradients together; not finite where any of them is not.</summary>
    double GradientNorm();

    /// <summary>Moves the weights by one optimiser step with the gradients at hand, and their moving average with them; running statistics are copied to it.</summary>
    /// <exception cref="InvalidOperationException">The network was not made for its parameters' gradients.</exception>
    void Update(OptimizerStep step);

    /// <summary>
    /// Puts batch norm's running statistics back to where the last <see cref="Update"/> left them: of a batch that is left
    /// out, nothing stays.
    /// </summary>
    void RestoreStatistics();

    /// <summary>A copy of everything that training changes, in <see cref="Graph.Parameters"/>' names.</summary>
    NetworkState Save();

    /// <summary>Continues from a copy, whatever device it was made on.</summary>
    /// <exception cref="GraphException">It does not fit the graph.</exception>
    void Load(NetworkState state);
}
