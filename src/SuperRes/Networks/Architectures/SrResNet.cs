namespace SuperRes.Networks.Architectures;

/// <summary>
/// SRResNet, SRGAN's generator (Ledig et al. 2017, arXiv:1609.04802, figure 4): residual blocks with batch norm and
/// PReLU, one global skip, 9x9 convolutions at both ends. Images stay in [0, 1] at both ends (the paper has the output
/// in [-1, 1]).
/// </summary>
internal static class SrResNet
{
    public static Graph Build(SrResNetOptions options)
    {
        var g = new GraphBuilder();
        var shallow = g.Prelu("head.prelu", g.Conv("head.conv", g.Input, options.Features, kernel: 9)); // N, F, H, W
        var deep = shallow;
        for (var i = 0; i < options.Blocks; i++)
        {
            deep = ResidualBlock(g, $"body.{i}", deep, options);                                 // N, F, H, W
        }

        deep = g.BatchNorm("body.last.bn", g.Conv("body.last.conv", deep, options.Features, kernel: 3));
        deep = g.Add(Cbam.AtTail(g, "body.attention", deep, options.Attention), shallow);        // N, F, H, W
        var wide = PixelShuffleUpsampler.Append(
            g, "upsample", deep, options.Scale, (step, x) => g.Prelu($"{step}.prelu", x));        // N, F, sH, sW
        return g.Build(g.Conv("tail", wide, 3, kernel: 9));                                      // N, 3, sH, sW
    }

    private static Node ResidualBlock(GraphBuilder g, string name, Node x, SrResNetOptions options)
    {
        var residual = g.BatchNorm($"{name}.bn1", g.Conv($"{name}.conv1", x, options.Features, kernel: 3));
        residual = g.Prelu($"{name}.prelu", residual);
        residual = Cbam.AfterConv(g, $"{name}.attention1", residual, options.Attention);
        residual = g.BatchNorm($"{name}.bn2", g.Conv($"{name}.conv2", residual, options.Features, kernel: 3));
        return g.Add(Cbam.AtBlockEnd(g, $"{name}.attention", residual, options.Attention), x);
    }
}
