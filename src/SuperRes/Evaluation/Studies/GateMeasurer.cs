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
                return AttentionMaps.ComputeWithInputs(model, low, options, cancellationToken);
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

    private static Seen See(ModuleView view, int border) => view.Layer.Spatial is { } map
        ? new Seen(view.Layer.Name, view.Layer.ChannelWeights, Of(Inside(map, map.Weights.Span, border)), view.Spatial is { } from ? Means(map, from, border) : null)
        : new Seen(view.Layer.Name, view.Layer.ChannelWeights, null, null);

    private static SpatialMeans Means(SpatialAttention map, SpatialView from, int border)
    {
        // A map that is all border has no other pixels to go by.
        var inside = Inside(map, from.Logits, border);
        var logit = Sample.Mean(inside.Length > 0 ? inside : Inside(map, from.Logits, 0));
        var (average, maximum) = (0.0, 0.0);
        for (var i = 0; i < from.Pooled.Length; i += 2)
        {
            (average, maximum) = (average + from.Pooled[i], maximum + from.Pooled[i + 1]);
        }

        return new SpatialMeans((float)logit, (float)(average / from.Logits.Length), (float)(maximum / from.Logits.Length));
    }

    private static GateMeans Means(Seen[] images) => new(
        images[0].Module,
        images[0].Channels is null ? null : [.. ByChannel(images).Select(weights => (float)Sample.Mean(weights))],
        images[0].Spatial is null ? null : new SpatialMeans(
            images.Average(image => image.Spatial!.Logit), images.Average(image => image.Spatial!.Average), images.Average(image => image.Spatial!.Maximum)));

    /// <summary>Per channel of a module its weight in every image.</summary>
    private static IEnumerable<double[]> ByChannel(Seen[] images) =>
        Enumerable.Range(0, images[0].Channels?.Count ?? 0).Select(channel => images.Select(image => (double)image.Channels![channel]).ToArray());

    private static double[] Inside(SpatialAttention map, ReadOnlySpan<float> values, int border)
    {
        var (width, height) = (Math.Max(0, map.Width - (2 * border)), Math.Max(0, map.Height - (2 * border)));
        var inside = new double[width * height];
        for (var i = 0; i < inside.Length; i++)
        {
            var (y, x) = Math.DivRem(i, width);
            inside[i] = values[((y + border) * map.Width) + x + border];
        }

        return inside;
    }

    /// <summary>Mean and coefficient of variation; null of fewer than two weights.</summary>
    private static GateWeights? Of(double[] weights)
    {
        if (weights.Length < 2)
        {
            return null;
        }

        // A gate that is shut to the last bit is 0 everywhere, and does not vary.
        var (mean, deviation) = (Sample.Mean(weights), Sample.StandardDeviation(weights));
        return new GateWeights(mean, deviation == 0 ? 0 : deviation / mean);
    }

    private static GateWeights? Mean(IReadOnlyList<GateWeights> gates) => gates.Count == 0 ? null : new GateWeights(
        Math.Round(Sample.Mean([.. gates.Select(gate => gate.Mean)]), 5), Math.Round(Sample.Mean([.. gates.Select(gate => gate.Variation)]), 6));

    /// <summary>What is kept of a module in one image.</summary>
    private sealed record Seen(string Module, IReadOnlyList<float>? Channels, GateWeights? Map, SpatialMeans? Spatial);
}
