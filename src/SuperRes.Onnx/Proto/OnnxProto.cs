using SuperRes.Networks;

namespace SuperRes.Onnx.Proto;

/// <summary>
/// The messages of ONNX that a network needs. Field numbers and enumeration values are those of
/// <c>onnx/onnx.proto</c> (github.com/onnx/onnx).
/// </summary>
internal static class OnnxProto
{
    private const int TypeFloat = 1; // TensorProto.DataType.FLOAT
    private const int TypeInt64 = 7; // TensorProto.DataType.INT64

    /// <summary>ModelProto: ir_version 1, producer_name 2, producer_version 3, graph 7, opset_import 8, metadata_props 14.</summary>
    public static ProtobufMessage Model(long irVersion, long opset, string producer, string producerVersion, ProtobufMessage graph, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ProtobufMessage()
            .Add(1, irVersion)
            .Add(2, producer)
            .Add(3, producerVersion)
            .Add(7, graph)
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, opset)); // OperatorSetIdProto: domain 1 (empty: ai.onnx), version 2
        foreach (var (key, value) in metadata)
        {
            model.Add(14, new ProtobufMessage().Add(1, key).Add(2, value)); // StringStringEntryProto: key 1, value 2
        }

        return model;
    }

    /// <summary>GraphProto: node 1, name 2, initializer 5, input 11, output 12.</summary>
    public static ProtobufMessage Graph(
        string name, IEnumerable<ProtobufMessage> nodes, IEnumerable<ProtobufMessage> initializers, ProtobufMessage input, ProtobufMessage output)
    {
        var graph = new ProtobufMessage();
        foreach (var node in nodes)
        {
            graph.Add(1, node);
        }

        graph.Add(2, name);
        foreach (var initializer in initializers)
        {
            graph.Add(5, initializer);
        }

        return graph.Add(11, input).Add(12, output);
    }

    /// <summary>NodeProto: input 1, output 2, name 3, op_type 4, attribute 5. An empty input is an optional one left out.</summary>
    public static ProtobufMessage Node(string type, IEnumerable<string> inputs, string output, IEnumerable<ProtobufMessage> attributes)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output).Add(3, output).Add(4, type);
        foreach (var attribute in attributes)
        {
            node.Add(5, attribute);
        }

        return node;
    }

    /// <summary>AttributeProto: name 1, f 2, type 20 (FLOAT = 1).</summary>
    public static ProtobufMessage Attribute(string name, float value) => new ProtobufMessage().Add(1, name).Add(2, value).Add(20, 1);

    /// <summary>AttributeProto: name 1, i 3, type 20 (INT = 2).</summary>
    public static ProtobufMessage Attribute(string name, long value) => new ProtobufMessage().Add(1, name).Add(3, value).Add(20, 2);

    /// <summary>AttributeProto: name 1, s 4, type 20 (STRING = 3).</summary>
    public static ProtobufMessage Attribute(string name, string value) => new ProtobufMessage().Add(1, name).Add(4, value).Add(20, 3);

    /// <summary>AttributeProto: name 1, ints 8, type 20 (INTS = 7).</summary>
    public static ProtobufMessage Attribute(string name, IEnumerable<int> values)
    {
        var attribute = new ProtobufMessage().Add(1, name);
        foreach (var value in values)
        {
            attribute.Add(8, value);
        }

        return attribute.Add(20, 7);
    }

    /// <summary>TensorProto: dims 1, data_type 2, name 8, raw_data 9.</summary>
    public static ProtobufMessage Tensor(string name, IEnumerable<int> shape, float[] values) => TensorHead(name, shape, TypeFloat).Add(9, values);

    /// <summary>TensorProto of one dimension: dims 1, data_type 2, name 8, raw_data 9.</summary>
    public static ProtobufMessage Tensor(string name, IReadOnlyList<long> values)
    {
        var bytes = new byte[values.Count * sizeof(long)];
        for (var i = 0; i < values.Count; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return TensorHead(name, [values.Count], TypeInt64).Add(9, bytes);
    }

    /// <summary>
    /// ValueInfoProto: name 1, type 2. TypeProto: tensor_type 1. TypeProto.Tensor: elem_type 1, shape 2.
    /// TensorShapeProto: dim 1. Dimension: dim_value 1, or dim_param 2 where the size is only named.
    /// </summary>
    public static ProtobufMessage FloatValue(string name, IEnumerable<OnnxDimension> shape)
    {
        var dimensions = new ProtobufMessage();
        foreach (var dimension in shape)
        {
            dimensions.Add(1, dimension.Size is { } size ? new ProtobufMessage().Add(1, size) : new ProtobufMessage().Add(2, dimension.Name));
        }

        var tensor = new ProtobufMessage().Add(1, TypeFloat).Add(2, dimensions);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }

    private static ProtobufMessage TensorHead(string name, IEnumerable<int> shape, int type)
    {
        var tensor = new ProtobufMessage();
        foreach (var size in shape)
        {
            tensor.Add(1, size);
        }

        return tensor.Add(2, type).Add(8, name);
    }
}
