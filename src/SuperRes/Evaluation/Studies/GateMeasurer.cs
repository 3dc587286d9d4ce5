using SuperRes.Evaluation.Statistics;
using SuperRes.ModelFiles;
using SuperRes.Upscaling;

namespace SuperRes.Evaluation.Studies;

/// <summary>Measures how much a network's attention looks: how far its weights differ between images and between pixels.</summary>
internal static class GateMeasurer
{
    /// <summary>Measures over the low-resolution images of a set.</summary>
    /// <param name="model">A network.</param>
    /// <param name="images">The images.</param>
    /// <param name="threads">Threads to use at most; 0 for one per processor.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Null of a network without attention.</returns>
    public static GateSummary? Measure(Model model, IEvaluationSet images, int threads, CancellationToken cancellationToken)
    {
        if (model.Options.Attention is not { } attention)
        {
            return null;
        }

        var (scale, options) = (model.Options.Scale, MethodOptions.Default with { Threads = threads });
        return SumUp(
            Enumerable.Range(0, images.ImageNames.Count).Select(index =>
            {
                var (_, low) = PairPreparation.Prepare(images.Load(index, scale, cancellationToken), scale, cancellationToken);
                return AttentionMaps.ComputeWithPooled(model, low, options, cancellationToken);
            }),
            attention.SpatialKernel / 2);
    }

    /// <summary>Sums up what the modules did to each image; of an image's maps only their means are kept.</summary>
    /// <param name="images">Per image its modules, in the same order.</param>
    /// <param name="border">Pixels at each border that are left out of what differs: a spatial gate sees the padding there, also one that sees nothing else.</param>
    public static GateSummary SumUp(IEnumerable<IReadOnlyList<ModuleView>> images, int border)
    {
        Seen[][] seen = [.. images.Select(modules => modules.Select(module => See(module, border)).ToArray())];
        Seen[][] modules = [.. Enumerable.Range(0, seen.Length == 0 ? 0 : seen[0].Length).Select(index => seen.Select(image => image[index]).ToArray())];
        return new GateSummary(
            Mean([.. modules.SelectMany(ByChannel).Select(Of).OfType<GateWeights>()]),
            Mean([.. seen.SelectMany(image => image).Select(module => module.Map).OfType<GateWeights>()]),
            [.. modules.Select(Means)]);
    }

    private static Seen See(ModuleView view, int border)
    {
        var (module, pooled) = view;
        if (module.Spatial is not { } map)
        {
            return new Seen(module.Name, module.ChannelWeights, null, null);
        }

        // A map that is all border has no other pixels to go by.
        double[] inside = [.. Inside(map, border)];
        var weight = Sample.Mean(inside.Length > 0 ? inside : [.. Inside(map, 0)]);
        var (average, maximum) = (0.0, 0.0);
        for (var i = 0; pooled is not null && i < pooled.Length; i += 2)
        {
            (average, maximum) = (average + pooled[i], maximum + pooled[i + 1]);
        }

        var pixels = map.Width * map.Height;
        return new Seen(module.Name, module.ChannelWeights, Of(inside), new SpatialMeans((float)weight, (float)(average / pixels), (float)(maximum / pixels)));
    }

    private static GateMeans Means(Seen[] images) => new(
        images[0].Module,
        images[0].Channels is null ? null : [.. ByChannel(images).Select(weights => (float)Sample.Mean(weights))],
        images[0].Spatial is null ? null : new SpatialMeans(
            images.Average(image => image.Spatial!.Weight), images.Average(image => image.Spatial!.Average), images.Average(image => image.Spatial!.Maximum)));

    /// <summary>Per channel of a module its weight in every image.</summary>
    private static IEnumerable<double[]> ByChannel(Seen[] images) =>
        Enumerable.Range(0, images[0].Channels?.Count ?? 0).Select(channel => images.Select(image => (double)image.Channels![channel]).ToArray());

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

    /// <summary>What is kept of a module in one image.</summary>
    private sealed record Seen(string Module, IReadOnlyList<float>? Channels, GateWeights? Map, SpatialMeans? Spatial);
}
