using System.Text.Json.Serialization;
using SuperRes.Networks.Architectures;

namespace SuperRes.Training.Losses;

/// <summary>
/// Mean squared difference of VGG-19's features of output and target (Ledig et al. 2017, arXiv:1609.04802, equation 5).
/// On the main output. The paper rescales the features by 1 / 12.75, which makes a weight of 0.006 (section 3.2).
/// </summary>
public sealed record VggLoss : Loss
{
    /// <summary>torchvision's weights of VGG-19 trained on ImageNet: its .pth file as it is, or safetensors with its names.</summary>
    public required string File { get; init; }

    /// <summary>Whose features: conv22 (VGG22) or conv54 (VGG54).</summary>
    public Vgg19Layer Layer { get; init; } = Vgg19Layer.Conv54;

    /// <summary>Whether features are read before the ReLU, as in ESRGAN; after it in SRGAN.</summary>
    public bool BeforeActivation { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => Layer == Vgg19Layer.Conv22 ? "vgg22" : "vgg54";

    /// <summary>The least side of a patch, in high-resolution pixels, of which the pooling before the layer leaves something.</summary>
    internal int SmallestPatch => Layer == Vgg19Layer.Conv22 ? 2 : 16;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        string.IsNullOrWhiteSpace(File) ? base.Validate().Append("file is empty, expected the path of VGG-19's weights") : base.Validate();
}
