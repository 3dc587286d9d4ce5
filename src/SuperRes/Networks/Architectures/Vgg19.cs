namespace SuperRes.Networks.Architectures;

/// <summary>
/// The feature extractor of VGG-19 (Simonyan and Zisserman 2015, arXiv:1409.1556, table 1, column E), for content losses.
/// Parameters have the names of torchvision's <c>vgg19</c>, so its weights fit as they are.
/// </summary>
internal static class Vgg19
{
    /// <summary>Mean and deviation of ImageNet's colours (R, G, B in [0, 1]), which torchvision's weights expect to be taken out.</summary>
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviation = [0.229f, 0.224f, 0.225f];

    /// <summary>Convolutions per stage and their features.</summary>
    private static readonly (int Convolutions, int Features)[] Stages = [(2, 64), (2, 128), (4, 256), (4, 512), (4, 512)];

    public static Graph Build(Vgg19Options options)
    {
        var g = new GraphBuilder();
        var x = g.ChannelScale(g.MeanShift(g.Input, [.. Mean.Select(mean => -mean)]), [.. Deviation.Select(deviation => 1 / deviation)]);
        var (lastStage, lastConvolution) = options.Layer == Vgg19Layer.Conv22 ? (2, 2) : (5, 4);
        var index = 0;
        for (var stage = 1; stage <= lastStage; stage++)
        {
            var (convolutions, features) = Stages[stage - 1];
            for (var i = 1; i <= convolutions; i++)
            {
                x = g.Conv($"features.{index}", x, features, kernel: 3);                         // N, F, H / 2^(stage-1), W / 2^(stage-1)
                if (stage == lastStage && i == lastConvolution)
                {
                    return g.Build(options.BeforeActivation ? x : g.Relu(x));
                }

                x = g.Relu(x);
                index += 2;                                                                      // Convolution and ReLU.
            }

            x = g.MaxPool(x, 2);
            index++;
        }

        throw new ArgumentOutOfRangeException(nameof(options), options.Layer, null);
    }
}
