using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>One way of making and training each network. Without any of the options it is the network as it is.</summary>
public sealed record Variant
{
    /// <summary>A short name: "CBAM".</summary>
    public required string Name { get; init; }

    /// <summary>Attention to put into the network.</summary>
    public CbamOptions? Attention { get; init; }

    /// <summary>
    /// The control for cost: the network as it is, a few steps wider or deeper, so that its measured engine time is at
    /// least that of the variant of this name: of the fewest steps each way, the one that takes less. What was measured is written into the plan.
    /// </summary>
    public string? AsSlowAs { get; init; }

    /// <summary>Another network altogether, to hold an architecture against another; its scale is set to the cell's.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>
    /// An initial learning rate of its own, in place of the experiment's; its schedule stays. Against a discriminator it is that
    /// of the steps before.
    /// </summary>
    public double? LearningRate { get; init; }
}
