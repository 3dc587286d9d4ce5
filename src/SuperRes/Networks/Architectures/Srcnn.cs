namespace SuperRes.Networks.Architectures;

/// <summary>
/// SRCNN (Dong et al. 2014, arXiv:1501.00092, figure 2), on RGB: the bicubic image through three convolutions. They pad
/// here, so that nothing is cut from the border.
/// </summary>
internal static class Srcnn
{
    public static Graph Build(SrcnnOptions options)
    {
        var g = new GraphBuilder();
        var x = g.BicubicUpsample(g.Input, options.Scale);                                       // N, 3, sH, sW
        x = Hidden(g, "1", x, 64, kernel: 9, options);                                           // N, 64, sH, sW
        x = Hidden(g, "2", x, 32, options.MiddleKernel, options);                                // N, 32, sH, sW
        x = Cbam.AtTail(g, "attention", x, options.Attention);
        return g.Build(g.Conv("conv3", x, 3, kernel: 5));                                        // N, 3, sH, sW
    }

    private static Node Hidden(GraphBuilder g, string number, Node x, int features, int kernel, SrcnnOptions options) =>
        Cbam.AtBlockEnd(g, $"attention{number}", g.Relu(g.Conv($"conv{number}", x, features, kernel)), options.Attention);
}
