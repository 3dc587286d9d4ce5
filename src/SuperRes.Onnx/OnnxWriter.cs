using System.Globalization;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;
using SuperRes.Networks.Operations;
using SuperRes.Onnx.Proto;

namespace SuperRes.Onnx;

/// <summary>
/// Writes networks as ONNX: one file that ONNX Runtime, OpenVINO, TensorRT and others run. Input <c>x</c> is
/// [1, 3, h, w], RGB in [0, 1]; output <c>y</c> [1, 3, s*h, s*w], not clipped. Height and width are free unless the network itself
/// fixes them (a vision transformer takes its window's size). The same model gives the same bytes.
/// </summary>
public static class OnnxWriter
{
    /// <summary>
    /// 17 is the oldest operator set with LayerNormalization; an older set is read by more runtimes than a newer one.
    /// </summary>
    public const int OperatorSet = 17;

    /// <summary>IR_VERSION_2021_7_30, the one that ONNX 1.12 published together with operator set 17.</summary>
    private const int IntermediateRepresentation = 8;

    /// <summary>Protobuf's own limit on a message; larger networks would need their weights in a second file.</summary>
    private const long MaximumLength = int.MaxValue;

    /// <summary>Writes a model to a file, over one that is there; a reader sees the old file or the whole new one.</summary>
    /// <exception cref="ModelFileException">The file can't be written, or the model is too large for ONNX.</exception>
    public static void Write(Model model, string path, OnnxOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Write(model, stream, options));
    }

    /// <summary>Writes a model to a stream and leaves it open.</summary>
    /// <param name="model">What to write; its name, scale, licence and options go into the file's metadata.</param>
    /// <param name="stream">Writable.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ModelFileException">The model is too large for ONNX: 2 GiB.</exception>
    public static void Write(Model model, Stream stream, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Write(model.Graph, model.Weights, model.Name, Metadata(model), stream, options ?? new OnnxOptions());
    }

    internal static void Write(
        Graph graph, Weights weights, string name, IEnumerable<KeyValuePair<string, string>> metadata, Stream stream, OnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var version = typeof(OnnxWriter).Assembly.GetName().Version?.ToString(3) ?? "";
        var message = OnnxProto.Model(IntermediateRepresentation, OperatorSet, "SuperRes", version, ToProto(graph, weights, name, options), metadata);
        if (message.Length > MaximumLength)
        {
            throw new ModelFileException($"{name} needs {message.Length} bytes as ONNX, and one ONNX file holds {MaximumLength}. Export a smaller network.");
        }

        message.WriteTo(stream);
    }

    private static ProtobufMessage ToProto(Graph graph, Weights weights, string name, OnnxOptions options)
    {
        var onnx = new OnnxGraph();
        var emitter = new OperationEmitter(onnx, weights);
        foreach (var node in NeededFor(graph.Output))
        {
            emitter.Emit(node, [.. node.Inputs.Select(input => NameOf(input, graph))], NameOf(node, graph));
        }

        var batch = new OnnxDimension("n", options.DynamicBatch ? null : 1);
        var isFixed = new GraphAnalysis(graph).HasFixedSize;
        return OnnxProto.Graph(
            name,
            onnx.Nodes,
            onnx.Initializers,
            Value(graph.Input, "h", "w"),
            Value(graph.Output, "y_h", "y_w"));

        ProtobufMessage Value(Node node, string height, string width) => OnnxProto.FloatValue(NameOf(node, graph),
        [
            batch,
            new("c", node.Channels),
            new(height, isFixed ? node.ReferenceShape.Height : null),
            new(width, isFixed ? node.ReferenceShape.Width : null),
        ]);
    }

    /// <summary>Outputs that only training looks at (a pyramid's lower levels) are not written.</summary>
    private static IEnumerable<Node> NeededFor(Node output)
    {
        var needed = new SortedDictionary<int, Node>();
        var open = new Stack<Node>([output]);
        while (open.TryPop(out var node))
        {
            if (node.Operation is not Input && needed.TryAdd(node.Index, node))
            {
                foreach (var input in node.Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return needed.Values;
    }

    private static string NameOf(Node node, Graph graph) => node == graph.Output ? Graph.MainOutput : node.Name;

    private static IEnumerable<KeyValuePair<string, string>> Metadata(Model model)
    {
        yield return new("name", model.Name);
        yield return new("scale", model.Options.Scale.ToString(CultureInfo.InvariantCulture));
        yield return new("superres.network", model.Options.ToJson());
        if (model.Info.DataLicence is { } licence)
        {
            yield return new("dataLicence", licence);
        }

        if (model.Info.InitialSeed is { } seed)
        {
            yield return new("randomWeightsSeed", seed.ToString(CultureInfo.InvariantCulture));
        }
    }
}
