namespace SuperRes.Networks.Architectures;

/// <summary>
/// Options of the convolutional block attention module (Woo et al. 2018, arXiv:1807.06521). "The paper" below is that;
/// "the study" is Deviyani and Singh 2022, whose use in super-resolution the defaults follow.
/// </summary>
/// <param name="Reduction">
/// r: the channel gate's hidden layer has C / r units, at least one. 8 as in the study's code; the paper's
/// experiments use 16, on networks with far more channels (section 4.1).
/// </param>
/// <param name="MlpBatchNorm">
/// Batch norm after the last linear layer of the channel gate's MLP, as the study describes. Off as in the paper:
/// pooled features give only one value per image, so batch statistics are noisy, and the running statistics mix
/// those of averages and maxima, so inference differs from training.
/// </param>
/// <param name="SpatialKernel">
/// Side of the spatial gate's convolution, odd. 7 did better than 3 (section 4.1 of the paper, table 2).
/// </param>
/// <param name="Channel">Whether there is a channel gate.</param>
/// <param name="Spatial">Whether there is a spatial gate.</param>
/// <param name="Order">Which gate comes first. Channel first did better (section 4.1 of the paper, table 3).</param>
/// <param name="Placement">Where in a network the module stands.</param>
/// <param name="GateInput">What the gates are computed from; <see cref="CbamGateInput.Constant"/> is the control.</param>
/// <param name="Gain">
/// What a module's output is multiplied by. 1 as published: logistic gates begin near one half, so that two of them pass
/// about a quarter of the features. With 4 (2 for a single gate) a module begins near the identity.
/// </param>
public sealed record CbamOptions(
    int Reduction = 8,
    bool MlpBatchNorm = false,
    int SpatialKernel = 7,
    bool Channel = true,
    bool Spatial = true,
    CbamOrder Order = CbamOrder.ChannelFirst,
    CbamPlacement Placement = CbamPlacement.BlockEnd,
    CbamGateInput GateInput = CbamGateInput.Features,
    float Gain = 1)
{
    internal void Check(OptionFaults faults)
    {
        faults.UnlessInRange("attention.reduction", Reduction, 1, 1024);
        faults.AddUnless(SpatialKernel is >= 1 and <= 15 && SpatialKernel % 2 == 1, "attention.spatialKernel", SpatialKernel, "an odd number from 1 to 15");
        faults.UnlessDefined("attention.order", Order);
        faults.UnlessDefined("attention.placement", Placement);
        faults.UnlessDefined("attention.gateInput", GateInput);
        faults.AddUnless(Gain is > 0 and <= 16, "attention.gain", Gain, "above 0 and at most 16");
        if (!Channel && !Spatial)
        {
            faults.Add("attention has neither channel nor spatial gates, expected at least one; leave attention out for none");
        }
    }
}
