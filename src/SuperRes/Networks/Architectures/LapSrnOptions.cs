using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>
/// Options of LapSRN: 27 layers at x4 with the defaults. Beside the main output the graph has one for each smaller scale
/// (<c>x2</c>, <c>x4</c>), which training supervises too; <see cref="Weights.Select"/> reads a smaller scale's network
/// out of a larger model.
/// </summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="Blocks">
/// Residual blocks of two convolutions per level; 5 make the paper's depth of 10 (section 3.3).
/// </param>
/// <param name="Features">Channels of the feature maps; 64 in section 3.3 of the paper.</param>
public sealed record LapSrnOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    int Blocks = 5,
    int Features = 64) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "lapsrn";

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<int> Scales => [2, 4, 8];

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessInRange("blocks", Blocks, 1, 64);
        faults.UnlessInRange("features", Features, 1, 1024);
    }

    private protected override Graph Build() => LapSrn.Build(this);
}
