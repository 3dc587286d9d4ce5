namespace SuperRes.Networks.Architectures;

/// <summary>VDSR (Kim et al. 2016, arXiv:1511.04587, figure 2), on RGB and for one scale each: twenty convolutions predict what the bicubic image lacks.</summary>
internal static class Vdsr
{
    public static Graph Build(VdsrOptions options)
    {
        var g = new GraphBuilder();
        var bicubic = g.BicubicUpsample(g.Input, options.Scale);                                 // N, 3, sH, sW
        var x = bicubic;
        for (var i = 0; i < options.Layers - 1; i++)
        {
            x = g.Conv($"body.{i}.conv", x, options.Features, kernel: 3, weight: Initializer.He(x.Channels * 9));
            x = Cbam.AtBlockEnd(g, $"body.{i}.attention", g.Relu(x), options.Attention);         // N, F, sH, sW
        }

        x = Cbam.AtTail(g, "body.attention", x, options.Attention);
        return g.Build(g.Add(g.Conv("tail", x, 3, kernel: 3), bicubic));                         // N, 3, sH, sW
    }
}
