using SuperRes.Evaluation.Statistics;
using SuperRes.ModelFiles;
using SuperRes.Upscaling;

namespace SuperRes.Evaluation.Studies;

/// <summary>Measures how much a network's attention looks: how far its weights differ between images and between pixels.</summary>
internal static class GateMeasurer
{
    /// <summary>Measures over the low-resolution images of a set.</summary>
    /// <param name="model">A network; without attention both results are null.</param>
    /// <param name="images">The images.</param>
    /// <param name="threads">Threads to use at most; 0 for one per processor.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static (GateWeights? Channel, GateWeights? Spatial) Measure(Model model, IEvaluationSet images, int threads, CancellationToken cancellationToken)
    {
        if (model.Options.Attention is not { } attention)
        {
            return (null, null);
        }

        var (scale, options) = (model.Options.Scale, MethodOptions.Default with { Threads = threads });
        return SumUp(
            Enumerable.Range(0, images.ImageNames.Count).Select(index =>
            {
                var (_, low) = PairPreparation.Prepare(images.Load(index, scale, cancellationToken), scale, cancellationToken);
                return AttentionMaps.Compute(model, low, options: options, cancellationToken: cancellationToken);
            }),
            attention.SpatialKernel / 2);
    }

    /// <summary>Sums up what the modules did to each image; of an image only its channels' weights are kept.</summary>
    /// <param name="images">Per image its modules, in the same order.</param>
    /// <param name="border">Pixels at each border that are left out: a spatial gate sees the padding there, also one that sees nothing else.</param>
    public static (GateWeights? Channel, GateWeights? Spatial) SumUp(IEnumerable<IReadOnlyList<AttentionLayer>> images, int border)
    {
        var (channels, spatial) = (new List<float[]>(), new List<GateWeights>());
        foreach (var modules in images)
        {
            channels.Add([.. modules.SelectMany(module => module.ChannelWeights ?? [])]);
            spatial.AddRange(modules.Select(module => module.Spatial).OfType<SpatialAttention>().Select(map => Of([.. Inside(map, border)])).OfType<GateWeights>());
        }

        var channel = Enumerable.Range(0, channels.Count == 0 ? 0 : channels[0].Length).Select(index => Of([.. channels.Select(image => (double)image[index])]));
        return (Mean([.. channel.OfType<GateWeights>()]), Mean(spatial));
    }

    private static IEnumerable<double> Inside(SpatialAttention map, int border) =>
        from y in Enumerable.Range(border, Math.Max(0, map.Height - (2 * border)))
        from x in Enumerable.Range(border, Math.Max(0, map.Width - (2 * border)))
        select (double)map.Weights.Span[(y * map.Width) + x];

    /// <summary>Mean and coefficient of variation; null of fewer than two weights.</summary>
    private static GateWeights? Of(double[] weights)
    {
        if (weights.Length < 2)
        {
            return null;
        }

        var mean = Sample.Mean(weights);
        return new GateWeights(mean, Sample.StandardDeviation(weights) / mean);
    }

    private static GateWeights? Mean(IReadOnlyList<GateWeights> gates) => gates.Count == 0 ? null : new GateWeights(
        Math.Round(Sample.Mean([.. gates.Select(gate => gate.Mean)]), 5), Math.Round(Sample.Mean([.. gates.Select(gate => gate.Variation)]), 6));
}
