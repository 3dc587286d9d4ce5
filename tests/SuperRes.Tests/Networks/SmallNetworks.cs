using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks;

/// <summary>Networks that plain loops can run.</summary>
internal static class SmallNetworks
{
    /// <summary>The same network with fewer and thinner layers, so that plain loops can run it.</summary>
    public static NetworkOptions Of(NetworkOptions options) => Thin(options) with
    {
        // Of a single hidden unit in the channel gate, chance could leave none alive.
        Attention = options.Attention is { } attention ? attention with { Reduction = 2 } : null,
    };

    private static NetworkOptions Thin(NetworkOptions options) => options switch
    {
        EdsrOptions edsr => edsr with { Blocks = 2, Features = 8 },
        SrResNetOptions srResNet => srResNet with { Blocks = 2, Features = 8 },
        LapSrnOptions lapSrn => lapSrn with { Blocks = 1, Features = 8 },
        VdsrOptions vdsr => vdsr with { Layers = 4, Features = 8 },
        VitOptions vit => vit with { WindowSize = 8, Patch = 2, Dimension = 16, Depth = 1, Heads = 2, Features = 8 },
        _ => options,
    };

    /// <summary>An image that the network takes: its window, or an odd size.</summary>
    public static (int Height, int Width) TestSize(NetworkOptions options) =>
        options is VitOptions vit ? (vit.WindowSize, vit.WindowSize) : (3, 5);
}
