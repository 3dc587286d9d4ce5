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
        return Of(
            [
                .. Enumerable.Range(0, images.ImageNames.Count).Select(index =>
                {
                    var (_, low) = PairPreparation.Prepare(images.Load(index, scale, cancellationToken), scale, cancellationToken);
                    return AttentionMaps.Compute(model, low, options: options, cancellationToken: cancellationToken);
                }),
            ],
            attention.SpatialKernel / 2);
    }

    /// <summary>Sums up what the modules did to each image.</summary>
    /// <param name="images">Per image its modules, in the same order.</param>
    /// <param name="border">Pixels at each border that are left out: a spatial gate sees the padding there, also one that sees nothing else.</param>
    public static (GateWeights? Channel, GateWeights? Spatial) Of(IReadOnlyList<IReadOnlyList<AttentionLayer>> images, int border)
    {
        var channels = images.SelectMany(modules => modules).Where(module => module.ChannelWeights is not null).GroupBy(module => module.Number)
            .SelectMany(module => Enumerable.Range(0, module.First().ChannelWeights!.Count).Select(channel => module.Select(image => (double)image.ChannelWeights![channel])));
        var maps = images.SelectMany(modules => modules).Where(module => module.Spatial is not null).Select(module => Inside(module.Spatial!, border));
        return (Sum(channels), Sum(maps));
    }

    private static IEnumerable<double> Inside(SpatialAttention map, int border) =>
        from y in Enumerable.Range(border, Math.Max(0, map.Height - (2 * border)))
        from x in Enumerable.Range(border, Math.Max(0, map.Width - (2 * border)))
        select (double)map.Weights.Span[(y * map.Width) + x];

    /// <summary>Means over the groups of their mean and of their standard deviation over it; null where no group has two values.</summary>
    private static GateWeights? Sum(IEnumerable<IEnumerable<double>> groups)
    {
        var (means, variations) = (new List<double>(), new List<double>());
        foreach (var group in groups)
        {
            double[] weights = [.. group];
            if (weights.Length > 1)
            {
                means.Add(Sample.Mean(weights));
                variations.Add(Sample.StandardDeviation(weights) / means[^1]);
            }
        }

        return means.Count == 0 ? null : new GateWeights(Math.Round(Sample.Mean([.. means]), 5), Math.Round(Sample.Mean([.. variations]), 6));
    }
}
