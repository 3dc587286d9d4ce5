using SuperRes.Onnx.Proto;

namespace SuperRes.Onnx;

/// <summary>The nodes and initialisers of an ONNX graph while it is put together.</summary>
internal sealed class OnnxGraph
{
    private readonly HashSet<string> _initializerNames = new(StringComparer.Ordinal);

    public List<ProtobufMessage> Nodes { get; } = [];

    public List<ProtobufMessage> Initializers { get; } = [];

    /// <summary>Adds a node with one output.</summary>
    /// <returns>The output's name.</returns>
    public string Node(string type, string output, IReadOnlyList<string> inputs, params IReadOnlyList<ProtobufMessage> attributes)
    {
        Nodes.Add(OnnxProto.Node(type, inputs, output, attributes));
        return output;
    }

    /// <summary>Adds a float32 initialiser, unless one of this name is there: layers may share parameters.</summary>
    /// <returns>Its name.</returns>
    public string Constant(string name, IReadOnlyList<int> shape, float[] values)
    {
        if (_initializerNames.Add(name))
        {
            Initializers.Add(OnnxProto.Tensor(name, shape, values));
        }

        return name;
    }

    /// <summary>Adds a one-dimensional int64 initialiser, unless one of this name is there.</summary>
    /// <returns>Its name.</returns>
    public string Constant(string name, params IReadOnlyList<long> values)
    {
        if (_initializerNames.Add(name))
        {
            Initializers.Add(OnnxProto.Tensor(name, values));
        }

        return name;
    }
}
