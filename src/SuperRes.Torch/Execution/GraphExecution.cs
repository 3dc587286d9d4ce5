using SuperRes.Networks;
using SuperRes.Networks.Operations;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Tensor = TorchSharp.torch.Tensor;

namespace SuperRes.Torch.Execution;

/// <summary>
/// Runs a graph in training mode, one libtorch operation per node or a few. Maps are N, C, H, W in shape and lie
/// channels-last in memory. What a backward pass needs, autograd keeps.
/// </summary>
internal sealed class GraphExecution(Graph graph, ParameterTensors parameters, Device device, ScalarType type, bool bfloat16) : IDisposable
{
    private readonly int[] _lastUse = LastUses(graph);
    private readonly bool[] _narrow = NarrowNodes(graph);
    private readonly ConstantTensors _constants = new(device, type);

    /// <summary>The outputs, in the graph's order. Call it within a dispose scope.</summary>
    public Tensor[] Run(Tensor input)
    {
        var values = new Tensor[graph.Nodes.Count];
        values[0] = input;
        foreach (var node in graph.Nodes.Skip(1))
        {
            // What a node makes on the way goes with it, as far as autograd does not need it.
            using (NewDisposeScope())
            {
                values[node.Index] = Compute(node, values).MoveToOuterDisposeScope();
            }

            Release(node, values);
        }

        return [.. graph.Outputs.Select(output => values[output.Value.Index])];
    }

    public void Dispose() => _constants.Dispose();

    /// <summary>
    /// The nodes whose maps go through nothing but activations and shuffles to operations that compute in bfloat16. What
    /// a convolution gives in bfloat16 may stay so there: it would be widened only to be rounded to the same bits.
    /// </summary>
    private static bool[] NarrowNodes(Graph graph)
    {
        var narrow = Enumerable.Repeat(true, graph.Nodes.Count).ToArray();
        foreach (var output in graph.Outputs)
        {
            narrow[output.Value.Index] = false;
        }

        foreach (var node in graph.Nodes.Reverse())
        {
            var stays = node.Operation is Conv2d or ConvTranspose2d or Linear || (node.Operation is Relu or LeakyRelu or PixelShuffle && narrow[node.Index]);
            foreach (var input in node.Inputs)
            {
                narrow[input.Index] &= stays;
            }
        }

        return narrow;
    }

    /// <summary>The last node that reads each node's map; the number of nodes for outputs.</summary>
    private static int[] LastUses(Graph graph)
    {
        var last = new int[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
            {
                last[input.Index] = node.Index;
            }
        }

        foreach (var output in graph.Outputs)
        {
            last[output.Value.Index] = graph.Nodes.Count;
        }

        return last;
    }

    /// <summary>Lets go of maps that nothing reads any more; autograd holds those that it needs.</summary>
    private void Release(Node node, Tensor[] values)
    {
        foreach (var input in node.Inputs.Distinct())
        {
            if (_lastUse[input.Index] == node.Index && input.Index != 0)
            {
                values[input.Index].Dispose();
            }
        }
    }

    private Tensor Compute(Node node, Tensor[] values)
    {
        var x = values[node.Inputs[0].Index];
        var second = node.Inputs.Count > 1 ? values[node.Inputs[1].Index] : x;
        return node.Operation switch
        {
            Conv2d op => Result(node, F.conv2d(Narrow(x), Narrow(op.Weight)!, Narrow(op.Bias), strides: [op.Stride, op.Stride], padding: [op.Padding, op.Padding])),
            ConvTranspose2d op => Result(node, F.conv_transpose2d(
                Narrow(x), Narrow(op.Weight)!, Narrow(op.Bias), strides: [op.Stride, op.Stride], padding: [op.Padding, op.Padding])),
            Linear op => ChannelsSecond(Result(node, F.linear(Narrow(ChannelsLast(x)), Narrow(op.Weight)!, Narrow(op.Bias)))),
            SelfAttention op => ChannelsSecond(Attention(ChannelsLast(x), op.Heads)),
            BatchNorm op => Normalise(x, op),
            LayerNorm op => ChannelsSecond(F.layer_norm(ChannelsLast(x), [op.Gamma.Count], parameters[op.Gamma], parameters[op.Beta], op.Epsilon)),
            Add => x.add(second),
            Multiply => x.mul(second),
            Concat => cat([x, second], 1),
            AddParameter op => x.add(parameters[op.Value]),
            MeanShift op => x.add(_constants.PerChannel(op.Offsets)),
            ChannelScale op => x.mul(_constants.PerChannel(op.Factors)),
            Scale op => x.mul(op.Factor),
            Relu => x.relu(),
            LeakyRelu op => F.leaky_relu(x, op.NegativeSlope),
            Prelu op => F.prelu(x, parameters[op.Slope]),
            Sigmoid => x.sigmoid(),
            Tanh => x.tanh(),
            Gelu => F.gelu(x),
            PixelShuffle op => F.pixel_shuffle(x, op.Factor),
            BicubicUpsample op => Bicubic(x, op.Factor),
            Flatten => x.reshape(x.shape[0], -1, 1, 1),
            MaxPool2d op => F.max_pool2d(x, op.Kernel),
            GlobalPool { Pool: PoolKind.Max } => F.adaptive_max_pool2d(x, [1, 1]),
            GlobalPool => x.mean([2, 3], keepdim: true),
            ChannelPool { Pool: PoolKind.Max } => x.max(1, keepdim: true).values,
            ChannelPool => x.mean([1], keepdim: true),
            _ => throw new GraphException($"'{node.Name}' ({node.Operation.Kind}) is not known to SuperRes.Torch."),
        };
    }

    private static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1);

    private static Tensor ChannelsSecond(Tensor x) => x.permute(0, 3, 1, 2);

    private Tensor Narrow(Tensor x) => bfloat16 ? x.to(ScalarType.BFloat16) : x;

    private Tensor? Narrow(Parameter? parameter) => parameter is null ? null : bfloat16 ? parameters.Narrow(parameter) : parameters[parameter];

    private Tensor Result(Node node, Tensor x) => _narrow[node.Index] ? x : Wide(x);

    private Tensor Wide(Tensor x) => bfloat16 ? x.to(type) : x;

    /// <summary>In double precision: TensorFloat32 would round the pixels that networks add to as they are to 10 bits.</summary>
    private Tensor Bicubic(Tensor x, int factor) =>
        matmul(matmul(_constants.Bicubic(x.shape[2], factor), x.to(ScalarType.Float64)), _constants.Bicubic(x.shape[3], factor).transpose(0, 1)).to(type);

    private Tensor Normalise(Tensor x, BatchNorm norm)
    {
        if (x.numel() / x.shape[1] < 2)
        {
            throw new GraphException($"'{norm.Gamma.Name}': batch statistics need at least 2 values per channel, got 1; use a larger batch.");
        }

        return F.batch_norm(
            x, parameters[norm.RunningMean], parameters[norm.RunningVariance], parameters[norm.Gamma], parameters[norm.Beta], training: true, norm.Momentum, norm.Epsilon);
    }

    /// <summary>softmax(Q Kᵀ / sqrt(d)) V per head, of N, H, W, 3C.</summary>
    private Tensor Attention(Tensor x, int heads)
    {
        var (count, height, width, channels) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3] / 3);
        var parts = Narrow(x).reshape(count, height * width, 3, heads, channels / heads).permute(2, 0, 3, 1, 4).unbind(0); // N, heads, HW, d
        var scores = matmul(parts[0], parts[1].transpose(-2, -1)).mul(1 / Math.Sqrt((double)channels / heads));
        var result = matmul(scores.softmax(-1), parts[2]);
        return Wide(result.permute(0, 2, 1, 3).reshape(count, height, width, channels));
    }
}
