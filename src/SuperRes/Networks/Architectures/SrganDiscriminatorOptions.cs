using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of SRGAN's discriminator: N, 3, S, S of RGB in [0, 1] to a logit N, 1, 1, 1, large for real images. The defaults are the paper's.</summary>
/// <param name="InputSize">
/// S: side of the high-resolution training patches, a multiple of 16. 96 in section 3.2.
/// </param>
/// <param name="Features">Channels of the first convolution; the last has eight times as many.</param>
/// <param name="DenseUnits">Units of the first dense layer.</param>
public sealed record SrganDiscriminatorOptions(
    int InputSize = 96,
    int Features = 64,
    int DenseUnits = 1024) : GraphOptions
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "srgan-discriminator";

    private protected override void Check(OptionFaults faults)
    {
        faults.AddUnless(InputSize is >= 16 and <= 512 && InputSize % 16 == 0, "inputSize", InputSize, "a multiple of 16 from 16 to 512");
        faults.UnlessInRange("features", Features, 1, 512);
        faults.UnlessInRange("denseUnits", DenseUnits, 1, 8192);
        var weights = (long)DenseUnits * 8 * Features * (InputSize / 16) * (InputSize / 16);
        faults.AddUnless(weights <= Array.MaxLength, "denseUnits", DenseUnits, $"fewer: with these features and this inputSize the first dense layer would have {weights} weights");
    }

    private protected override Graph Build() => SrganDiscriminator.Build(this);
}
