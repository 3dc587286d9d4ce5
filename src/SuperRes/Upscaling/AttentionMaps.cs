using SuperRes.Engine;
using SuperRes.Engine.Images;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Networks.Operations;
using SuperRes.Pixels;

namespace SuperRes.Upscaling;

/// <summary>Shows where a network with attention looks: the gates of its CBAM modules for one image.</summary>
public static class AttentionMaps
{
    /// <summary>Whether a model has attention modules.</summary>
    public static bool Has(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return FindGates(model.Graph).Count > 0;
    }

    /// <summary>Runs a network on an image and returns what its attention modules multiplied by.</summary>
    /// <param name="model">The network and its weights. Without attention the result is empty.</param>
    /// <param name="image">
    /// Any image; gray is taken as RGB, and alpha is left out, as when it is enlarged. One thinner than 16 pixels is taken as
    /// it is, where enlarging continues it first. Never changed.
    /// </param>
    /// <param name="scale">One of the model's scales; null for its largest. LapSRN's modules above a lower one are left out.</param>
    /// <param name="options">What it may use of the machine; null for <see cref="MethodOptions.Default"/>.</param>
    /// <param name="progress">Told the share done, 0 to 1; may be null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The modules in the order in which the image passes them.</returns>
    /// <exception cref="UpscalingException">The network can't take an image of this size, has no such scale, or needs more memory than is allowed.</exception>
    public static IReadOnlyList<AttentionLayer> Compute(
        Model model, ImageBuffer image, int? scale = null, MethodOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(image);
        try
        {
            var scaled = scale is { } asked ? model.AtScale(asked) : model;
            options ??= MethodOptions.Default;
            return Compute(scaled, ToRgb(image, options.Threads, cancellationToken), options, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is GraphException or InsufficientMemoryException)
        {
            throw new UpscalingException($"{model.Name} can't show its attention to an image of {image.Width}x{image.Height}: {exception.Message}", exception);
        }
    }

    /// <summary>The same, with what each module's spatial gate was computed from.</summary>
    internal static IReadOnlyList<ModuleView> ComputeWithInputs(Model model, ImageBuffer image, MethodOptions options, CancellationToken cancellationToken)
    {
        var gates = FindGates(model.Graph);
        Node[] inputs = [.. gates.Where(gate => !Cbam.IsChannelGate(gate)).SelectMany(gate => (Node[])[Cbam.LogitOf(gate), Cbam.PooledOf(gate)])];
        var maps = Run(model, ToRgb(image, options.Threads, cancellationToken), [.. gates, .. inputs], options, null, cancellationToken);
        var next = gates.Count;
        return [.. Layers(gates, maps).Select(layer => new ModuleView(layer, layer.Spatial is null ? null : new SpatialView(maps[next++].Values, maps[next++].Values)))];
    }

    private static List<AttentionLayer> Compute(Model model, ImageBuffer image, MethodOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var gates = FindGates(model.Graph);
        return gates.Count == 0 ? [] : Layers(gates, Run(model, image, gates, options, progress, cancellationToken));
    }

    /// <summary>Runs a network on an RGB image, and keeps what some of its nodes make.</summary>
    private static List<RowCollector> Run(
        Model model, ImageBuffer image, IReadOnlyList<Node> nodes, MethodOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var shapes = model.Graph.InferShapes(image.Height, image.Width);
        FeatureShape[] kept = [.. nodes.Select(node => shapes[node.Index])];
        var (allowed, ofMaps) = (options.MemoryBudget ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, kept.Sum(RowCollector.BytesOf));
        var budget = allowed - ofMaps;
        if (budget < 0)
        {
            throw new InsufficientMemoryException(FormattableString.Invariant(
                $"the maps alone take {Math.Ceiling(ofMaps / 1e6)} MB, and {(options.MemoryBudget is null ? "the machine has" : "the budget is")} {Math.Floor(allowed / 1e6)} MB. Allow more, or take a part of the image."));
        }

        var maps = kept.Select(shape => new RowCollector(shape)).ToList();
        using var engine = new NetworkEngine(model.Graph, model.Weights, options.Threads, taps: [.. nodes.Select(node => node.Name)], memoryBudget: budget);
        engine.Run(image.Height, image.Width, new ImageSource(image), RowCollector.Nothing, progress, cancellationToken, taps: maps);
        return maps;
    }

    private static List<AttentionLayer> Layers(List<Node> gates, List<RowCollector> maps) =>
    [
        .. gates.Zip(maps).GroupBy(pair => Cbam.ModuleOf(pair.First)).Select((module, index) =>
        {
            var channel = module.FirstOrDefault(pair => Cbam.IsChannelGate(pair.First)).Second;
            var spatial = module.FirstOrDefault(pair => !Cbam.IsChannelGate(pair.First)).Second;
            return new AttentionLayer(
                module.Key,
                index + 1,
                channel?.Values,
                spatial is null ? null : new SpatialAttention(spatial.Shape.Width, spatial.Shape.Height, spatial.Values));
        }),
    ];

    private static ImageBuffer ToRgb(ImageBuffer image, int maxThreads, CancellationToken cancellationToken)
    {
        var color = image;
        if (image.HasAlpha)
        {
            (color, var alpha) = ColorChannels.SplitAlpha(image, cancellationToken);
            AlphaBleed.Fill(color, alpha, maxThreads, cancellationToken);
        }

        return color.Color == ColorModel.Gray ? ColorChannels.Replicate(color) : color;
    }

    private static List<Node> FindGates(Graph graph) => [.. graph.Nodes.Where(Cbam.IsGate)];

    /// <summary>A map in an array (H, W, C).</summary>
    private sealed class RowCollector(FeatureShape shape) : IRowSink
    {
        public static IRowSink Nothing { get; } = new Discard();

        public FeatureShape Shape => shape;

        public static long BytesOf(FeatureShape shape) => sizeof(float) * (long)shape.Channels * shape.Height * shape.Width;

        public float[] Values { get; } = new float[(long)shape.Channels * shape.Height * shape.Width];

        public void Write(int y, ReadOnlySpan<float> row) => row.CopyTo(Values.AsSpan(y * row.Length));
    }

    private sealed class Discard : IRowSink
    {
        public void Write(int y, ReadOnlySpan<float> row)
        {
        }
    }
}
