using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>How a network is made a little wider or deeper.</summary>
internal static class NetworkSteps
{
    /// <summary>A step in width is a sixteenth of the features: 4 of 64, and of them half in ESPCN's second layer.</summary>
    private const int WidthSteps = 16;

    /// <summary>What differs from the architecture's published size, or nothing: "8x32".</summary>
    public static string Size(NetworkOptions network) => network switch
    {
        EdsrOptions { Blocks: var blocks, Features: var features } when (blocks, features) != (16, 64) => $"{blocks}x{features}",
        SrResNetOptions { Blocks: var blocks, Features: var features } when (blocks, features) != (16, 64) => $"{blocks}x{features}",
        LapSrnOptions { Blocks: var blocks, Features: var features } when (blocks, features) != (5, 64) => $"{blocks}x{features}",
        VdsrOptions { Layers: var layers, Features: var features } when (layers, features) != (20, 64) => $"{layers}x{features}",
        EspcnOptions { Features: var features } when features != 64 => $"{features}",
        VitOptions { Depth: var depth, Dimension: var dimension } when (depth, dimension) != (12, 192) => $"{depth}x{dimension}",
        _ => "",
    };

    /// <summary>Whether there is a step up.</summary>
    public static bool CanGrow(NetworkOptions network) => Wider(network, 1) is not null;

    /// <summary>
    /// Of the fewest steps in width that take the wanted time and the fewest in depth, those that take less. Where the engine
    /// fills its vectors, a step in width can cost a third of the time, and one in depth a twentieth; the control shall be near.
    /// </summary>
    /// <param name="network">What grows.</param>
    /// <param name="most">Steps to try each way.</param>
    /// <param name="ratio">A network's time over the wanted one.</param>
    /// <returns>The network and its ratio, at least 1; null where no steps suffice.</returns>
    public static (NetworkOptions Network, double Ratio)? Nearest(NetworkOptions network, int most, Func<NetworkOptions, double> ratio) =>
        new[] { Wider, Deeper }
            .Select(way => Enumerable.Range(1, most)
                .Select(steps => way(network, steps))
                .OfType<NetworkOptions>()
                .Select(larger => ((NetworkOptions Network, double Ratio)?)(larger, ratio(larger)))
                .FirstOrDefault(found => found!.Value.Ratio >= 1))
            .MinBy(found => found?.Ratio);

    /// <summary>So many steps wider, without attention; null for what has no such step.</summary>
    public static NetworkOptions? Wider(NetworkOptions network, int steps) => network switch
    {
        EdsrOptions edsr => edsr with { Features = MoreFeatures(edsr.Features, steps) },
        SrResNetOptions srResNet => srResNet with { Features = MoreFeatures(srResNet.Features, steps) },
        LapSrnOptions lapSrn => lapSrn with { Features = MoreFeatures(lapSrn.Features, steps) },
        VdsrOptions vdsr => vdsr with { Features = MoreFeatures(vdsr.Features, steps) },
        EspcnOptions espcn => espcn with { Features = MoreFeatures(espcn.Features, steps) },
        _ => null,
    };

    /// <summary>So many blocks or layers deeper, without attention; null for what has no such step.</summary>
    public static NetworkOptions? Deeper(NetworkOptions network, int steps) => network switch
    {
        EdsrOptions edsr => edsr with { Blocks = edsr.Blocks + steps },
        SrResNetOptions srResNet => srResNet with { Blocks = srResNet.Blocks + steps },
        LapSrnOptions lapSrn => lapSrn with { Blocks = lapSrn.Blocks + steps },
        VdsrOptions vdsr => vdsr with { Layers = vdsr.Layers + steps },
        _ => null,
    };

    /// <summary>A whole even number, so that ESPCN can halve it.</summary>
    private static int MoreFeatures(int features, int steps) => features + (Math.Max(2, features / WidthSteps / 2 * 2) * steps);
}
