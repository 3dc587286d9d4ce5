using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of VDSR. The defaults are the paper's (sections 3.1 and 5.2: 20 layers of 64 filters).</summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="Layers">Convolutions in all.</param>
/// <param name="Features">Channels of the feature maps.</param>
public sealed record VdsrOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    int Layers = 20,
    int Features = 64) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "vdsr";

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessInRange("layers", Layers, 2, 256);
        faults.UnlessInRange("features", Features, 1, 1024);
    }

    private protected override Graph Build() => Vdsr.Build(this);
}
