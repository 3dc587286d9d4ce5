using SuperRes.Engine.Compilation;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Gradients;

/// <summary>Which operations of a graph become one training step with the convolution before them.</summary>
internal sealed class TrainingFusion
{
    private readonly Dictionary<Node, Fused> _fused = [];
    private readonly HashSet<Node> _inside = [];
    private readonly ILookup<Node, Node> _consumers;
    private readonly HashSet<Node> _outputs;
    private readonly HashSet<Parameter> _shared;
    private readonly Graph _graph;
    private readonly ChannelPadding _padding;

    public TrainingFusion(Graph graph)
    {
        _consumers = graph.Nodes.SelectMany(node => node.Inputs.Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
        _graph = graph;
        _shared = [.. graph.Nodes.SelectMany(node => node.Operation.Parameters).GroupBy(parameter => parameter).Where(uses => uses.Count() > 1).Select(uses => uses.Key)];
        _outputs = [.. graph.Outputs.Select(output => output.Value)];
        _padding = new ChannelPadding(graph, _consumers, _outputs, _shared);
        foreach (var node in graph.Nodes.Where(node => node.Operation is Conv2d or ConvTranspose2d && !_inside.Contains(node)))
        {
            var fused = _fused[node] = Fuse(node);
            if (fused.Output != node)
            {
                _inside.Add(fused.Output);
            }

            if (fused.Tail is not null)
            {
                _inside.Add(fused.Tail.Inputs[0]);
            }
        }
    }

    /// <summary>How a convolution is computed and what is fused with it.</summary>
    public Fused Of(Node convolution) => _fused[convolution];

    /// <summary>Whether a node is computed as part of another's step.</summary>
    public bool IsFused(Node node) => _inside.Contains(node);

    /// <summary>The channels of a node's map, those that fill up a vector among them.</summary>
    public int Channels(Node node, int asked) => _padding.Channels(node, asked);

    /// <summary>A convolution's inputs and columns, with those that stay zero.</summary>
    public (int Inputs, int Columns) Channels(Node convolution)
    {
        var operation = (Conv2d)convolution.Operation;
        return (Channels(convolution.Inputs[0], operation.InputChannels), Columns(convolution, _fused.GetValueOrDefault(convolution)?.Shuffle ?? 1));
    }

    /// <summary>The layouts of all parameters that kernels want in an order of their own.</summary>
    public Dictionary<string, ParameterLayout> Layouts()
    {
        var layouts = new Dictionary<string, ParameterLayout>();
        foreach (var (node, fused) in _fused)
        {
            if (node.Operation is not Conv2d)
            {
                continue;
            }

            AddLayouts(layouts, node, fused.Shuffle);
            if (fused.Tail is not null)
            {
                AddLayouts(layouts, fused.Tail, 1);
            }
        }

        foreach (var node in _graph.Nodes)
        {
            switch (node.Operation)
            {
                case Linear linear:
                    layouts[linear.Weight.Name] = ParameterLayout.Convolution(linear.Weight, 1, linear.InputChannels, linear.OutputChannels);
                    break;
                case ConvTranspose2d transposed:
                    layouts[transposed.Weight.Name] = IsWinograd(transposed) ? ParameterLayout.Phases(transposed.Weight) : ParameterLayout.Transposed(transposed.Weight);
                    break;
                case AddParameter add:
                    layouts[add.Value.Name] = ParameterLayout.Map(add.Value);
                    break;
                default:
                    break;
            }
        }

        return layouts;
    }

    private void AddLayouts(Dictionary<string, ParameterLayout> layouts, Node node, int shuffle)
    {
        var convolution = (Conv2d)node.Operation;
        var columns = Columns(node, shuffle);
        layouts[convolution.Weight.Name] = ParameterLayout.Convolution(convolution.Weight, shuffle, Channels(node.Inputs[0], convolution.InputChannels), columns);
        if (convolution.Bias is not null)
        {
            layouts[convolution.Bias.Name] = ParameterLayout.Bias(convolution.Bias, shuffle, columns);
        }
    }

    /// <summary>The columns of a convolution and the shuffle that is fused with it: its map's channels, or r² times the shuffled map's.</summary>
    private int Columns(Node node, int shuffle)
    {
        var outputs = ((Conv2d)node.Operation).OutputChannels;
        var phases = shuffle * shuffle;
        return shuffle == 1 ? Channels(node, outputs) : phases * Channels(_consumers[node].Single(), outputs / phases);
    }

    private Fused Fuse(Node node)
    {
        var convolution = node.Operation as Conv2d;
        var winograd = node.Operation is ConvTranspose2d transposed ? IsWinograd(transposed) : IsWinograd(node, 1);
        var next = _consumers[node].ToArray() is [var only] && !_outputs.Contains(node) ? only : null;
        return next?.Operation switch
        {
            Relu => new Fused(next, winograd, Slope: 0),
            LeakyRelu { NegativeSlope: >= 0 } leaky => new Fused(next, winograd, Slope: leaky.NegativeSlope),
            // A layer that is used twice has one layout, and only one of its uses may be followed by a shuffle.
            PixelShuffle shuffle when convolution is not null && Tail(next) is { } tail && IsTail(node, shuffle.Factor, (Conv2d)tail.Operation) => new Fused(tail, Winograd: true, Shuffle: shuffle.Factor, Tail: tail),
            PixelShuffle shuffle when convolution is not null && !_shared.Contains(convolution.Weight) && IsWinograd(node, shuffle.Factor) => new Fused(next, Winograd: true, Shuffle: shuffle.Factor),
            Networks.Operations.Add when winograd && Residual(next, node) is { } residual => new Fused(next, Winograd: true, Residual: residual),
            _ => new Fused(node, winograd),
        };
    }

    /// <summary>The convolution that alone follows a pixel shuffle.</summary>
    private Node? Tail(Node shuffle) =>
        !_outputs.Contains(shuffle) && _consumers[shuffle].ToArray() is [{ Operation: Conv2d } only] ? only : null;

    /// <summary>Whether two convolutions with a shuffle between them can be one, and it pays.</summary>
    private bool IsTail(Node wide, int factor, Conv2d narrow) =>
        IsWinograd(wide, factor) && !_shared.Contains(((Conv2d)wide.Operation).Weight) && !_shared.Contains(narrow.Weight)
        && narrow is { KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: 1, Bias: not null }
        && CollapsedTailWeights.Columns(factor * factor, narrow.OutputChannels) < Columns(wide, factor);

    /// <summary>The other term of a sum, if it is made before the convolution.</summary>
    private Node? Residual(Node sum, Node convolution)
    {
        var other = sum.Inputs[0] == convolution ? sum.Inputs[1] : sum.Inputs[0];
        return other != convolution && other.Index < convolution.Index && !_inside.Contains(sum) ? other : null;
    }

    private bool IsWinograd(Node node, int shuffle) =>
        node.Operation is Conv2d { KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: 1, Bias: not null } convolution
        && Channels(node.Inputs[0], convolution.InputChannels) % Packing.ChannelMultiple == 0
        && Columns(node, shuffle) % (Packing.ChannelMultiple * shuffle * shuffle) == 0;

    /// <summary>A transposed convolution is four convolutions with 2x2 kernels whose results are shuffled; 3x3 kernels have room for them.</summary>
    private static bool IsWinograd(ConvTranspose2d transposed) =>
        transposed is { KernelHeight: 4, KernelWidth: 4, Stride: 2, Padding: 1, Bias: not null }
        && transposed.InputChannels % Packing.ChannelMultiple == 0
        && transposed.OutputChannels % Packing.ChannelMultiple == 0;

    /// <summary>A convolution and what follows it in one step.</summary>
    /// <param name="Output">The last node of the step.</param>
    /// <param name="Winograd">Whether it runs by Winograd's algorithm.</param>
    /// <param name="Slope">Slope below zero of the rectifier that follows, 0 for a plain one; null for none.</param>
    /// <param name="Shuffle">Factor of the pixel shuffle that follows, or 1.</param>
    /// <param name="Residual">The map that is added, or null.</param>
    /// <param name="Tail">The convolution to few channels behind the shuffle that is one with this one, or null.</param>
    internal sealed record Fused(Node Output, bool Winograd, float? Slope = null, int Shuffle = 1, Node? Residual = null, Node? Tail = null);
}
