namespace SuperRes.Networks.Architectures;

/// <summary>
/// SRGAN's discriminator (Ledig et al. 2017, arXiv:1609.04802, figure 4): eight convolutions, the features doubling and
/// the size halving alternately, then two dense layers. The output is the logit; the sigmoid belongs to the loss.
/// </summary>
internal static class SrganDiscriminator
{
    /// <summary>Section 2.1.1 of the paper.</summary>
    private const float NegativeSlope = 0.2f;

    public static Graph Build(SrganDiscriminatorOptions options)
    {
        var g = new GraphBuilder(channels: 3, options.InputSize, options.InputSize);
        var x = g.LeakyRelu(g.Conv("block.0.conv", g.Input, options.Features, kernel: 3), NegativeSlope); // N, F, S, S
        for (var i = 1; i < 8; i++)
        {
            var features = options.Features << (i / 2);                                          // F, 2F, 2F, 4F, 4F, 8F, 8F
            x = g.Conv($"block.{i}.conv", x, features, kernel: 3, stride: i % 2 == 0 ? 1 : 2);
            x = g.LeakyRelu(g.BatchNorm($"block.{i}.bn", x), NegativeSlope);
        }

        x = g.Flatten(x);                                                                        // N, 8F * (S/16)², 1, 1
        x = g.LeakyRelu(g.Linear("dense.0", x, options.DenseUnits), NegativeSlope);              // N, 1024, 1, 1
        return g.Build(g.Linear("dense.1", x, 1));                                               // N, 1, 1, 1
    }
}
