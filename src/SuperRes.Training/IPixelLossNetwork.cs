using SuperRes.Training.Losses;

namespace SuperRes.Training;

/// <summary>
/// A network whose device computes losses on pixels itself, so that outputs and their gradients never come to the host: on
/// a fast device those transfers, and the host's arithmetic, take longer than the network does.
/// </summary>
public interface IPixelLossNetwork : ITrainableNetwork
{
    /// <summary>Whether the device has this loss.</summary>
    bool Has(PixelLoss loss);

    /// <summary>Forward, the losses and their gradients with respect to the parameters, which are added to those already there.</summary>
    /// <param name="input">N, H, W, C.</param>
    /// <param name="targets">One per <see cref="Networks.Graph.Outputs"/>, of its shape.</param>
    /// <param name="losses">Those that the sum is made of; the device has all of them.</param>
    /// <returns>Each loss's weighted value, summed over the outputs.</returns>
    /// <exception cref="ArgumentException">A target's shape is not its output's.</exception>
    IReadOnlyList<double> Learn(FeatureBatch input, IReadOnlyList<FeatureBatch> targets, IReadOnlyList<PixelLoss> losses);
}
