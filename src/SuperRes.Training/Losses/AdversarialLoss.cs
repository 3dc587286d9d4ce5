using System.Text.Json.Serialization;

namespace SuperRes.Training.Losses;

/// <summary>
/// How far the discriminator is from taking the output for a real image: the cross entropy of its logit with "real"
/// (Ledig et al. 2017, arXiv:1609.04802, equation 6). 1e-3 is the weight in equation 3.
/// </summary>
public sealed record AdversarialLoss : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "adversarial";
}
