using System.Globalization;
using SuperRes.Networks;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>What the parts of an experiment are called, in folders and in reports.</summary>
internal static class CellName
{
    /// <summary>The set's own name, or its folder's.</summary>
    public static string Of(TestSet set) => set.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(set.Path));

    /// <summary>
    /// "ESPCN x4", "EDSR 8x32 x4", "EDSR 8x32 x4, 50 % of the images": all that tells an experiment's networks apart. Trained
    /// against a discriminator, SRResNet is SRGAN, and of another network it is said.
    /// </summary>
    public static string Of(Experiment experiment, NetworkOptions network, double share = 1)
    {
        var isAdversarial = experiment.Training.Adversarial is not null;
        var name = network.Architecture switch
        {
            "srresnet" => isAdversarial ? "SRGAN" : "SRResNet",
            "lapsrn" => "LapSRN",
            "vit" => "ViT",
            var other => other.ToUpperInvariant(),
        };
        var kind = isAdversarial && network.Architecture != "srresnet" ? " GAN" : "";
        var size = Planning.NetworkSteps.Size(network);
        var text = string.Create(CultureInfo.InvariantCulture, $"{name}{kind}{(size.Length > 0 ? " " + size : "")} x{network.Scale}");
        return share == 1 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}, {share * 100:0.##} % of the images");
    }
}
