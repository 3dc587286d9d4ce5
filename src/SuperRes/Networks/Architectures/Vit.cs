namespace SuperRes.Networks.Architectures;

/// <summary>
/// A vision transformer (Dosovitskiy et al. 2021, arXiv:2010.11929, figure 1) for super-resolution. The classifier's head
/// makes way for pixels: each token becomes the features of its patch, convolutions work across the patches' borders, and
/// a pixel shuffle enlarges. The bicubic image is added, so that the transformer learns only what it lacks. Learned
/// positions tie the network to its window: larger images go through it in overlapping windows.
/// </summary>
internal static class Vit
{
    public static Graph Build(VitOptions options)
    {
        var g = new GraphBuilder(channels: 3, options.WindowSize, options.WindowSize);
        var x = g.Conv("embed", Div2k.Centre(g, g.Input), options.Dimension, options.Patch, stride: options.Patch, padding: 0); // N, D, H/p, W/p
        x = g.AddParameter("position", x, Weight);
        for (var i = 0; i < options.Depth; i++)
        {
            x = Block(g, $"body.{i}", x, options);                                               // N, D, H/p, W/p
        }

        x = g.LayerNorm("norm", x);
        x = g.Linear("unembed", x, options.Features * options.Patch * options.Patch, weight: Weight);
        x = g.PixelShuffle(x, options.Patch);                                                    // N, F, H, W
        x = g.Gelu(g.Conv("seams", x, options.Features, kernel: 3));                             // N, F, H, W
        x = g.Conv("tail", x, 3 * options.Scale * options.Scale, kernel: 3);                     // N, 3 s², H, W
        return g.Build(g.Add(g.PixelShuffle(x, options.Scale), g.BicubicUpsample(g.Input, options.Scale))); // N, 3, sH, sW
    }

    /// <summary>Normal with a deviation of 0.02, cut: what BERT and most vision transformers since start from.</summary>
    private static Initializer Weight => new Initializer.Normal(0.02f);

    /// <summary>Equations 2 and 3 of the paper: normalised before attention and MLP, a skip around each.</summary>
    private static Node Block(GraphBuilder g, string name, Node x, VitOptions options)
    {
        var qkv = g.Linear($"{name}.attention.qkv", g.LayerNorm($"{name}.norm1", x), 3 * options.Dimension, weight: Weight);
        x = g.Add(g.Linear($"{name}.attention.out", g.SelfAttention(qkv, options.Heads), options.Dimension, weight: Weight), x);
        var hidden = g.Gelu(g.Linear($"{name}.mlp.0", g.LayerNorm($"{name}.norm2", x), options.MlpRatio * options.Dimension, weight: Weight));
        return g.Add(g.Linear($"{name}.mlp.2", hidden, options.Dimension, weight: Weight), x);
    }
}
