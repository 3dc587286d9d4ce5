using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of EDSR. The defaults are the published baseline; the paper's large model is 32 blocks, 256 features, residual scale 0.1.</summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="Blocks">Residual blocks. 16 in the baseline.</param>
/// <param name="Features">Channels of the feature maps. 64 in the baseline.</param>
/// <param name="ResidualScale">
/// Factor on each block's residual; 0.1 keeps 256 features stable in training (section 3.3 of the paper).
/// </param>
public sealed record EdsrOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    int Blocks = 16,
    int Features = 64,
    float ResidualScale = 1) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "edsr";

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessInRange("blocks", Blocks, 1, 256);
        faults.UnlessInRange("features", Features, 1, 1024);
        faults.AddUnless(ResidualScale is > 0 and <= 1, "residualScale", ResidualScale, "above 0 and at most 1");
    }

    private protected override Graph Build() => Edsr.Build(this);
}
