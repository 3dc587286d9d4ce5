using System.Text.Json.Serialization;

namespace SuperRes.Training.Losses;

/// <summary>
/// Mean absolute difference of the discriminator's features of output and target, over the layers that end each halving
/// of the size (Salimans et al. 2016, arXiv:1606.03498, section 3.1; per layer as in Wang et al. 2018, arXiv:1711.11585,
/// equation 4). The content loss where no VGG weights are at hand. For the adversarial phase, on the main output.
/// </summary>
public sealed record FeatureMatchingLoss : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "features";
}
