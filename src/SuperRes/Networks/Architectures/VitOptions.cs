using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>
/// Options of the vision transformer for super-resolution. The transformer's defaults are those of DeiT-Ti
/// (arXiv:2012.12877, table 1), which at x4 cost within a twentieth of what EDSR's baseline costs per pixel, so that the
/// two can be compared. It takes images of <see cref="WindowSize"/> x <see cref="WindowSize"/> only.
/// </summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="WindowSize">
/// Side of the input in LR pixels, in training and after; 48 is the patch that EDSR and its successors train with.
/// </param>
/// <param name="Patch">
/// Side of a token in LR pixels. 2 gives 576 tokens in a window of 48: tokens of 4 lose detail that
/// super-resolution lives on, and single pixels make 2304 tokens, sixteen times the attention's work.
/// </param>
/// <param name="Dimension">D: channels of a token.</param>
/// <param name="Depth">Transformer blocks.</param>
/// <param name="Heads">Attention heads; divides the dimension.</param>
/// <param name="MlpRatio">
/// The MLP's hidden channels are this many times the dimension; 4 in the paper (table 1).
/// </param>
/// <param name="Features">F: channels of the convolutions after the transformer.</param>
public sealed record VitOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    int WindowSize = 48,
    int Patch = 2,
    int Dimension = 192,
    int Depth = 12,
    int Heads = 3,
    int MlpRatio = 4,
    int Features = 64) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "vit";

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessInRange("windowSize", WindowSize, 1, 256);
        faults.AddUnless(Patch is >= 1 and <= 16 && WindowSize % Patch == 0, "patch", Patch, $"1 to 16, a divisor of windowSize {WindowSize}");
        faults.UnlessInRange("dimension", Dimension, 1, 4096);
        faults.AddUnless(Heads >= 1 && Dimension % Heads == 0, "heads", Heads, $"a divisor of dimension {Dimension}");
        faults.UnlessInRange("depth", Depth, 1, 128);
        faults.UnlessInRange("mlpRatio", MlpRatio, 1, 16);
        faults.UnlessInRange("features", Features, 1, 1024);
        if (Attention is not null)
        {
            faults.Add("attention is set, expected none: vit is made of attention already, and CBAM is defined on convolutions");
        }
    }

    private protected override Graph Build() => Vit.Build(this);
}
