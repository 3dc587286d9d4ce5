using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of ESPCN. Layers are the paper's (section 3.2: (5, 64), (3, 32), (3, s²), here times three colours).</summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="Activation">Activation of the hidden layers; ReLU as in Deviyani and Singh 2022.</param>
public sealed record EspcnOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    EspcnActivation Activation = EspcnActivation.Relu) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "espcn";

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessDefined("activation", Activation);
    }

    private protected override Graph Build() => Espcn.Build(this);
}
