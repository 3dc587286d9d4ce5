namespace SuperRes.Networks.Architectures;

/// <summary>EDSR (Lim et al. 2017, arXiv:1707.02921): residual blocks without batch norm, one global skip.</summary>
internal static class Edsr
{
    /// <summary>Mean colour of DIV2K's training images (R, G, B in [0, 1]), from the authors' code.</summary>
    private static readonly float[] Div2kMean = [0.4488f, 0.4371f, 0.4040f];

    public static Graph Build(EdsrOptions options)
    {
        var g = new GraphBuilder();
        var centred = g.MeanShift(g.Input, [.. Div2kMean.Select(mean => -mean)]);                // N, 3, H, W
        var shallow = g.Conv("head", centred, options.Features, kernel: 3);                      // N, F, H, W
        var deep = shallow;
        for (var i = 0; i < options.Blocks; i++)
        {
            deep = ResidualBlock(g, $"body.{i}", deep, options);                                 // N, F, H, W
        }

        deep = g.Add(g.Conv("body.last", deep, options.Features, kernel: 3), shallow);           // N, F, H, W
        var wide = PixelShuffleUpsampler.Append(g, "upsample", deep, options.Scale);             // N, F, sH, sW
        return g.Build(g.MeanShift(g.Conv("tail", wide, 3, kernel: 3), Div2kMean));              // N, 3, sH, sW
    }

    private static Node ResidualBlock(GraphBuilder g, string name, Node x, EdsrOptions options)
    {
        var residual = g.Relu(g.Conv($"{name}.conv1", x, options.Features, kernel: 3));
        residual = g.Conv($"{name}.conv2", residual, options.Features, kernel: 3);
        return g.Add(options.ResidualScale == 1 ? residual : g.Scale(residual, options.ResidualScale), x);
    }
}
