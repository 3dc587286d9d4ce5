using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of SRResNet. The defaults are the paper's (section 3.2 and figure 4: 16 blocks of 64 feature maps).</summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="Blocks">Residual blocks.</param>
/// <param name="Features">Channels of the feature maps.</param>
public sealed record SrResNetOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    int Blocks = 16,
    int Features = 64) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "srresnet";

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessInRange("blocks", Blocks, 1, 256);
        faults.UnlessInRange("features", Features, 1, 1024);
    }

    private protected override Graph Build() => SrResNet.Build(this);
}
