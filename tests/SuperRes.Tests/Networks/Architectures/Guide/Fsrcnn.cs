using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks.Architectures.Guide;

/// <summary>
/// FSRCNN (Dong et al. 2016, arXiv:1608.00367, figure 2), on RGB: shrink, map, expand at low resolution. A pixel shuffle
/// stands in for the paper's 9x9 transposed convolution.
/// </summary>
internal static class Fsrcnn
{
    public static Graph Build(FsrcnnOptions options)
    {
        var g = new GraphBuilder();
        var x = Layer(g, "extract", g.Input, options.Features, kernel: 5);                       // N, F, H, W
        x = Layer(g, "shrink", x, options.Shrunk, kernel: 1);                                    // N, S, H, W
        for (var i = 0; i < options.Mappings; i++)
        {
            x = Layer(g, $"map.{i}", x, options.Shrunk, kernel: 3);                              // N, S, H, W
            x = Cbam.AtBlockEnd(g, $"map.{i}.attention", x, options.Attention);
        }

        x = Cbam.AtTail(g, "attention", x, options.Attention);
        x = Layer(g, "expand", x, options.Features, kernel: 1);                                  // N, F, H, W
        x = g.Conv("tail", x, 3 * options.Scale * options.Scale, kernel: 3);                     // N, 3 s², H, W
        return g.Build(g.PixelShuffle(x, options.Scale));                                        // N, 3, sH, sW
    }

    private static Node Layer(GraphBuilder g, string name, Node x, int features, int kernel) =>
        g.Prelu($"{name}.prelu", g.Conv($"{name}.conv", x, features, kernel));
}
