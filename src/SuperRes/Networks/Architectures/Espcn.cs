namespace SuperRes.Networks.Architectures;

/// <summary>
/// ESPCN (Shi et al. 2016, arXiv:1609.05158, figure 1), on RGB instead of luma: three convolutions at low resolution,
/// then the sub-pixel rearrangement.
/// </summary>
internal static class Espcn
{
    public static Graph Build(EspcnOptions options)
    {
        var g = new GraphBuilder();
        var x = Hidden(g, "1", g.Input, options.Features, kernel: 5, options);                   // N, F, H, W
        x = Hidden(g, "2", x, options.Features / 2, kernel: 3, options);                         // N, F/2, H, W
        x = Cbam.AtTail(g, "attention", x, options.Attention);
        x = g.Conv("conv3", x, 3 * options.Scale * options.Scale, kernel: 3);                    // N, 3 s², H, W
        return g.Build(g.PixelShuffle(x, options.Scale));                                        // N, 3, sH, sW
    }

    private static Node Hidden(GraphBuilder g, string number, Node x, int features, int kernel, EspcnOptions options)
    {
        x = g.Conv($"conv{number}", x, features, kernel);
        x = options.Activation == EspcnActivation.Tanh ? g.Tanh(x) : g.Relu(x);
        return Cbam.AtBlockEnd(g, $"attention{number}", x, options.Attention);
    }
}
