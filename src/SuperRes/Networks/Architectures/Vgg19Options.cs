using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of VGG-19's features: N, 3, H, W of RGB in [0, 1], at least 16x16, to N, 128, H/2, W/2 or N, 512, H/16, W/16.</summary>
/// <param name="Layer">
/// Which convolution is read; VGG54 in the paper's best-rated SRGAN (arXiv:1609.04802, section 3.4).
/// </param>
/// <param name="BeforeActivation">
/// Whether features are read before the ReLU. SRGAN's are after it (section 2.2.1: "after activation"); ESRGAN
/// reads them before, where they are less sparse (arXiv:1809.00219, section 3.3).
/// </param>
public sealed record Vgg19Options(
    Vgg19Layer Layer = Vgg19Layer.Conv54,
    bool BeforeActivation = false) : GraphOptions
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "vgg19";

    private protected override void Check(OptionFaults faults) => faults.UnlessDefined("layer", Layer);

    private protected override Graph Build() => Vgg19.Build(this);
}
