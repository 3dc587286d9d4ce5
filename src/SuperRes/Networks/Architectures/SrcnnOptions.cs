using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of SRCNN: 64 and 32 filters, 9-1-5 (the basic setting of section 4.3 of the paper).</summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="MiddleKernel">
/// Side of the second convolution: 1, 3 or 5 for the paper's 9-1-5, 9-3-5 and 9-5-5 (section 4.3.2).
/// </param>
public sealed record SrcnnOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    int MiddleKernel = 1) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "srcnn";

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessOneOf("middleKernel", MiddleKernel, 1, 3, 5);
    }

    private protected override Graph Build() => Srcnn.Build(this);
}
