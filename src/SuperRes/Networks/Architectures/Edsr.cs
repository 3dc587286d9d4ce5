namespace SuperRes.Networks.Architectures;

/// <summary>EDSR (Lim et al. 2017, arXiv:1707.02921, figure 3): residual blocks without batch norm, one global skip.</summary>
internal static class Edsr
{
    public static Graph Build(EdsrOptions options)
    {
        var g = new GraphBuilder();
        var shallow = g.Conv("head", Div2k.Centre(g, g.Input), options.Features, kernel: 3);     // N, F, H, W
        var deep = shallow;
        for (var i = 0; i < options.Blocks; i++)
        {
            deep = ResidualBlock(g, $"body.{i}", deep, options);                                 // N, F, H, W
        }

        deep = g.Conv("body.last", deep, options.Features, kernel: 3);                           // N, F, H, W
        deep = g.Add(Cbam.AtTail(g, "body.attention", deep, options.Attention), shallow);        // N, F, H, W
        var wide = PixelShuffleUpsampler.Append(g, "upsample", deep, options.Scale);             // N, F, sH, sW
        return g.Build(Div2k.Restore(g, g.Conv("tail", wide, 3, kernel: 3)));                    // N, 3, sH, sW
    }

    private static Node ResidualBlock(GraphBuilder g, string name, Node x, EdsrOptions options)
    {
        var residual = g.Relu(g.Conv($"{name}.conv1", x, options.Features, kernel: 3));
        residual = Cbam.AfterConv(g, $"{name}.attention1", residual, options.Attention);
        residual = g.Conv($"{name}.conv2", residual, options.Features, kernel: 3);
        residual = Cbam.AtBlockEnd(g, $"{name}.attention", residual, options.Attention);
        return g.Add(options.ResidualScale == 1 ? residual : g.Scale(residual, options.ResidualScale), x);
    }
}
