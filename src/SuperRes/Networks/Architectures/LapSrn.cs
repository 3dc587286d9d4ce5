namespace SuperRes.Networks.Architectures;

/// <summary>
/// LapSRN (Lai et al. 2017, arXiv:1704.03915, figure 1), on RGB where theirs works on luma: a pyramid whose levels each double the size. The feature branch
/// predicts what the image branch, an enlarged copy of the level before, still lacks. Levels are named from the smallest
/// scale up, so the network of a smaller scale is the beginning of that of a larger one, with the same names.
/// </summary>
internal static class LapSrn
{
    /// <summary>Section 3.3 of the paper.</summary>
    private const float NegativeSlope = 0.2f;

    public static Graph Build(LapSrnOptions options)
    {
        var g = new GraphBuilder();
        var (features, image) = (Activated(g, Conv(g, "head", g.Input, options.Features)), g.Input); // N, F, H, W and N, 3, H, W
        var pyramid = new List<(string Name, Node Image)>();
        for (var (level, scale) = (0, 2); scale <= options.Scale; level++, scale *= 2)
        {
            var name = $"level.{level}";
            features = Extract(g, name, features, options);                                      // N, F, 2^l H, 2^l W
            features = Activated(g, g.ConvTranspose($"{name}.upsample", features, options.Features, weight: new Initializer.Bilinear()));
            // The residual's convolution has a bias; a second one here could not be told from it.
            var enlarged = g.ConvTranspose($"{name}.image", image, 3, bias: false, weight: new Initializer.Bilinear());
            image = g.Add(enlarged, g.Conv($"{name}.residual", features, 3, kernel: 3));         // N, 3, 2^(l+1) H, 2^(l+1) W
            pyramid.Add(($"x{scale}", image));
        }

        return g.Build(image, [.. pyramid.SkipLast(1)]);                                         // N, 3, sH, sW
    }

    private static Node Extract(GraphBuilder g, string name, Node features, LapSrnOptions options)
    {
        for (var i = 0; i < options.Blocks; i++)
        {
            features = ResidualBlock(g, $"{name}.body.{i}", features, options);
        }

        return Cbam.AtTail(g, $"{name}.attention", features, options.Attention);
    }

    /// <summary>Two of the paper's convolutions with a skip around them, as Deviyani and Singh 2022 have it.</summary>
    private static Node ResidualBlock(GraphBuilder g, string name, Node x, LapSrnOptions options)
    {
        var residual = Activated(g, Conv(g, $"{name}.conv1", x, options.Features));
        residual = Cbam.AfterConv(g, $"{name}.attention1", residual, options.Attention);
        // Without He's gain, with which every skip doubles the variance: new networks of x8 gave values of 30.
        residual = g.Conv($"{name}.conv2", residual, options.Features, kernel: 3);
        return Cbam.AtBlockEnd(g, $"{name}.attention", Activated(g, g.Add(residual, x)), options.Attention);
    }

    private static Node Conv(GraphBuilder g, string name, Node x, int features) =>
        g.Conv(name, x, features, kernel: 3, weight: Initializer.He(x.Channels * 9, NegativeSlope));

    private static Node Activated(GraphBuilder g, Node x) => g.LeakyRelu(x, NegativeSlope);
}
