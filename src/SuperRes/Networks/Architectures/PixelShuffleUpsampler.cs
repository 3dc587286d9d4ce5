namespace SuperRes.Networks.Architectures;

/// <summary>Upsampling as EDSR and SRResNet do it: a 3x3 convolution and a pixel shuffle per factor of 2, or one for a factor of 3.</summary>
internal static class PixelShuffleUpsampler
{
    /// <summary>N, F, H, W to N, F, sH, sW.</summary>
    /// <param name="activation">What follows each shuffle: its step's name and the map; none in EDSR, PReLU in SRResNet.</param>
    public static Node Append(GraphBuilder g, string name, Node x, int scale, Func<string, Node, Node>? activation = null)
    {
        int[] factors = scale == 3 ? [3] : [.. Enumerable.Repeat(2, int.Log2(scale))];
        for (var i = 0; i < factors.Length; i++)
        {
            var step = $"{name}.{i}";
            x = g.PixelShuffle(g.Conv($"{step}.conv", x, x.Channels * factors[i] * factors[i], kernel: 3), factors[i]);
            x = activation is null ? x : activation(step, x);
        }

        return x;
    }
}
