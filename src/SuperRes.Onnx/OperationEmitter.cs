using SuperRes.Networks;
using SuperRes.Networks.Operations;
using static SuperRes.Onnx.Proto.OnnxProto;

namespace SuperRes.Onnx;

/// <summary>
/// Writes each operation as the ONNX operators that mean the same, in opset 17. Nothing is folded: runtimes fold batch
/// norm and constant additions into convolutions themselves, and a file that shows the network as it is defined can be
/// read beside the paper.
/// </summary>
/// <param name="graph">Where the operators go.</param>
/// <param name="weights">The values of the parameters.</param>
internal sealed class OperationEmitter(OnnxGraph graph, Weights weights)
{
    /// <summary>Writes one node.</summary>
    /// <param name="node">What to write.</param>
    /// <param name="x">The names of its inputs.</param>
    /// <param name="y">The name of its result; names of steps on the way begin with it.</param>
    public void Emit(Node node, IReadOnlyList<string> x, string y)
    {
        switch (node.Operation)
        {
            case Conv2d conv:
                graph.Node("Conv", y, [x[0], Of(conv.Weight), .. OfBias(conv.Bias)],
                    Attribute("kernel_shape", [conv.KernelHeight, conv.KernelWidth]),
                    Attribute("pads", [conv.Padding, conv.Padding, conv.Padding, conv.Padding]),
                    Attribute("strides", [conv.Stride, conv.Stride]));
                break;
            case ConvTranspose2d conv:
                graph.Node("ConvTranspose", y, [x[0], Of(conv.Weight), .. OfBias(conv.Bias)],
                    Attribute("kernel_shape", [conv.KernelHeight, conv.KernelWidth]),
                    Attribute("pads", [conv.Padding, conv.Padding, conv.Padding, conv.Padding]),
                    Attribute("strides", [conv.Stride, conv.Stride]));
                break;
            case Linear linear:
                // A 1x1 convolution is the same sum over channels, and leaves the map's layout alone.
                graph.Node("Conv", y, [x[0], Of(linear.Weight, linear.OutputChannels, linear.InputChannels, 1, 1), .. OfBias(linear.Bias)],
                    Attribute("kernel_shape", [1, 1]));
                break;
            case SelfAttention attention:
                EmitAttention(attention, node.Channels, x[0], y);
                break;
            case BatchNorm or LayerNorm or Prelu or AddParameter or MeanShift or ChannelScale:
                EmitPerChannel(node.Operation, x[0], y);
                break;
            case GlobalPool or ChannelPool or MaxPool2d or PixelShuffle or BicubicUpsample or Flatten:
                EmitShapeChange(node.Operation, x[0], y);
                break;
            default:
                EmitElementwise(node.Operation, x, y);
                break;
        }
    }

    private void EmitElementwise(Operation operation, IReadOnlyList<string> x, string y)
    {
        switch (operation)
        {
            case Add:
                graph.Node("Add", y, x);
                break;
            case Multiply:
                graph.Node("Mul", y, x);
                break;
            case Concat:
                graph.Node("Concat", y, x, Attribute("axis", 1));
                break;
            case Relu or Sigmoid or Tanh:
                graph.Node(operation.Kind, y, x);
                break;
            case LeakyRelu leaky:
                graph.Node("LeakyRelu", y, x, Attribute("alpha", leaky.NegativeSlope));
                break;
            case Scale scale:
                graph.Node("Mul", y, [x[0], graph.Constant($"{y}/factor", [], [scale.Factor])]);
                break;
            case Gelu:
                EmitGelu(x[0], y);
                break;
            default:
                throw new GraphException($"{operation.Kind} has no ONNX form yet.");
        }
    }

    private void EmitPerChannel(Operation operation, string x, string y)
    {
        switch (operation)
        {
            case BatchNorm norm:
                graph.Node("BatchNormalization", y, [x, Of(norm.Gamma), Of(norm.Beta), Of(norm.RunningMean), Of(norm.RunningVariance)],
                    Attribute("epsilon", norm.Epsilon));
                break;
            case LayerNorm norm:
                // The operator normalises the last dimensions only.
                var last = graph.Node("Transpose", $"{y}/last", [x], Attribute("perm", [0, 2, 3, 1]));
                var normalized = graph.Node("LayerNormalization", $"{y}/normalized", [last, Of(norm.Gamma), Of(norm.Beta)],
                    Attribute("axis", -1), Attribute("epsilon", norm.Epsilon));
                graph.Node("Transpose", y, [normalized], Attribute("perm", [0, 3, 1, 2]));
                break;
            case Prelu prelu:
                graph.Node("PRelu", y, [x, Of(prelu.Slope, prelu.Slope.Count, 1, 1)]);
                break;
            case AddParameter add:
                graph.Node("Add", y, [x, Of(add.Value)]);
                break;
            case MeanShift shift:
                graph.Node("Add", y, [x, graph.Constant($"{y}/offsets", [1, shift.Offsets.Count, 1, 1], [.. shift.Offsets])]);
                break;
            case ChannelScale scale:
                graph.Node("Mul", y, [x, graph.Constant($"{y}/factors", [1, scale.Factors.Count, 1, 1], [.. scale.Factors])]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation.Kind, null);
        }
    }

    private void EmitShapeChange(Operation operation, string x, string y)
    {
        switch (operation)
        {
            case GlobalPool pool:
                graph.Node(pool.Pool == PoolKind.Average ? "GlobalAveragePool" : "GlobalMaxPool", y, [x]);
                break;
            case ChannelPool pool:
                graph.Node(pool.Pool == PoolKind.Average ? "ReduceMean" : "ReduceMax", y, [x], Attribute("axes", [1]), Attribute("keepdims", 1));
                break;
            case MaxPool2d pool:
                graph.Node("MaxPool", y, [x], Attribute("kernel_shape", [pool.Kernel, pool.Kernel]), Attribute("strides", [pool.Kernel, pool.Kernel]));
                break;
            case PixelShuffle shuffle:
                // CRD: the channel is the slowest of the three that are rearranged, as in the paper and PyTorch.
                graph.Node("DepthToSpace", y, [x], Attribute("blocksize", shuffle.Factor), Attribute("mode", "CRD"));
                break;
            case BicubicUpsample bicubic:
                graph.Node("Resize", y, [x, "", graph.Constant($"{y}/scales", [4], [1, 1, bicubic.Factor, bicubic.Factor])],
                    Attribute("mode", "cubic"),
                    Attribute("cubic_coeff_a", -0.5f),
                    Attribute("coordinate_transformation_mode", "half_pixel"));
                break;
            case Flatten:
                graph.Node("Reshape", y, [x, graph.Constant($"{y}/shape", 0, -1, 1, 1)]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation.Kind, null);
        }
    }

    /// <summary>x * (1 + erf(x / sqrt 2)) / 2, in the order that ONNX Runtime's GeluFusion looks for.</summary>
    private void EmitGelu(string x, string y)
    {
        var divided = graph.Node("Div", $"{y}/divided", [x, graph.Constant("gelu/sqrt2", [], [MathF.Sqrt(2)])]);
        var erf = graph.Node("Erf", $"{y}/erf", [divided]);
        var sum = graph.Node("Add", $"{y}/sum", [erf, graph.Constant("gelu/one", [], [1])]);
        var product = graph.Node("Mul", $"{y}/product", [x, sum]);
        graph.Node("Mul", y, [product, graph.Constant("gelu/half", [], [0.5f])]);
    }

    /// <summary>softmax(Q Kᵀ / sqrt(d)) V with L = H * W positions.</summary>
    private void EmitAttention(SelfAttention attention, int channels, string x, string y)
    {
        var depth = channels / attention.Heads;
        var split = graph.Node("Reshape", $"{y}/split", [x, graph.Constant($"{y}/heads", 0, 3, attention.Heads, depth, -1)]); // N, 3, heads, d, L
        var query = graph.Node("Transpose", $"{y}/query", [Part(0)], Attribute("perm", [0, 1, 3, 2]));                     // N, heads, L, d
        var scaled = graph.Node("Mul", $"{y}/scaled", [query, graph.Constant($"{y}/scale", [], [1 / MathF.Sqrt(depth)])]);
        var scores = graph.Node("MatMul", $"{y}/scores", [scaled, Part(1)]);                                               // N, heads, L, L
        var share = graph.Node("Softmax", $"{y}/share", [scores], Attribute("axis", -1));
        var value = graph.Node("Transpose", $"{y}/value", [Part(2)], Attribute("perm", [0, 1, 3, 2]));                     // N, heads, L, d
        var mixed = graph.Node("MatMul", $"{y}/mixed", [share, value]);                                                    // N, heads, L, d
        var features = graph.Node("Transpose", $"{y}/features", [mixed], Attribute("perm", [0, 1, 3, 2]));                 // N, heads, d, L
        var size = graph.Node("Shape", $"{y}/size", [x], Attribute("start", 2), Attribute("end", 4));
        var shape = graph.Node("Concat", $"{y}/shape", [graph.Constant($"{y}/channels", 0, channels), size], Attribute("axis", 0));
        graph.Node("Reshape", y, [features, shape]);                                                                       // N, C, H, W

        // Queries, keys or values: N, heads, d, L.
        string Part(int index)
        {
            var part = graph.Node("Gather", $"{y}/part{index}", [split, graph.Constant($"attention/index{index}", index)], Attribute("axis", 1));
            return graph.Node("Squeeze", $"{y}/squeezed{index}", [part, graph.Constant("attention/axis", 1)]);
        }
    }

    private string Of(Parameter parameter) => graph.Constant(parameter.Name, parameter.Shape, weights[parameter]);

    private string Of(Parameter parameter, params IReadOnlyList<int> shape) => graph.Constant(parameter.Name, shape, weights[parameter]);

    private IEnumerable<string> OfBias(Parameter? bias) => bias is null ? [] : [Of(bias)];
}
