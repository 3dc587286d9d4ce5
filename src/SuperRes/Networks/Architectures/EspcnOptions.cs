using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of ESPCN. Layers are the paper's (section 3.2: (5, 64), (3, 32), (3, s²), here times three colours).</summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="Activation">Activation of the hidden layers; ReLU as in Deviyani and Singh 2022.</param>
/// <param name="Features">Channels after the first convolution, even; the second has half as many. 64 in the paper.</param>
public sealed record EspcnOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    EspcnActivation Activation = EspcnActivation.Relu,
    int Features = 64) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "espcn";

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessDefined("activation", Activation);
        faults.AddUnless(Features is >= 2 and <= 1024 && Features % 2 == 0, "features", Features, "an even number from 2 to 1024");
    }

    private protected override Graph Build() => Espcn.Build(this);
}
