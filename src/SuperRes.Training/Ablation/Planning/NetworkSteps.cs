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
    public static bool CanGrow(NetworkOptions network) => Larger(network, 1).Any();

    /// <summary>The first so many steps in width, and as many in depth; without attention.</summary>
    public static IEnumerable<NetworkOptions> Larger(NetworkOptions network, int count) =>
        Enumerable.Range(1, count).SelectMany(step => network switch
        {
            EdsrOptions edsr => (NetworkOptions[])[edsr with { Features = Wider(edsr.Features, step) }, edsr with { Blocks = edsr.Blocks + step }],
            SrResNetOptions srResNet => [srResNet with { Features = Wider(srResNet.Features, step) }, srResNet with { Blocks = srResNet.Blocks + step }],
            LapSrnOptions lapSrn => [lapSrn with { Features = Wider(lapSrn.Features, step) }, lapSrn with { Blocks = lapSrn.Blocks + step }],
            VdsrOptions vdsr => [vdsr with { Features = Wider(vdsr.Features, step) }, vdsr with { Layers = vdsr.Layers + step }],
            EspcnOptions espcn => [espcn with { Features = Wider(espcn.Features, step) }],
            _ => [],
        });

    /// <summary>A whole even number, so that ESPCN can halve it.</summary>
    private static int Wider(int features, int step) => features + (Math.Max(2, features / WidthSteps / 2 * 2) * step);
}
