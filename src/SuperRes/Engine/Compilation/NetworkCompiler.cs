using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Steps;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>
/// Walks a graph in order and makes steps, taking as many following operations as possible into each. A result that more
/// than one operation reads, or that the caller asked for, is where fusing ends: it must exist in memory.
/// </summary>
internal sealed class NetworkCompiler
{
    private readonly Graph _graph;
    private readonly Weights _weights;
    private readonly IStepFactory _factory;
    private readonly List<Step> _steps = [];
    private readonly List<Node> _maps = [];
    private readonly int[] _mapOfNode;
    private readonly List<Node>[] _consumers;
    private readonly bool[] _wanted;
    private readonly HashSet<Node> _done = [];

    public NetworkCompiler(Graph graph, Weights weights, IStepFactory factory)
    {
        (_graph, _weights, _factory) = (graph, weights, factory);
        _mapOfNode = new int[graph.Nodes.Count];
        Array.Fill(_mapOfNode, -1);
        _consumers = [.. graph.Nodes.Select(_ => new List<Node>())];
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
            {
                _consumers[input.Index].Add(node);
            }
        }

        _wanted = new bool[graph.Nodes.Count];
        _wanted[graph.Output.Index] = true;
    }

    public CompiledNetwork Compile()
    {
        CompileInput();
        foreach (var node in _graph.Nodes.Skip(1).Where(node => !IsDone(node)))
        {
            Compile(node);
        }

        _steps.Add(new SinkStep { Name = Graph.MainOutput, Inputs = [Map(_graph.Output)], Output = NewMap(_graph.Output) });
        return new CompiledNetwork(_graph, _steps, _maps);
    }

    private bool IsDone(Node node) => _done.Contains(node);

    private int Map(Node node) => _mapOfNode[node.Index] is >= 0 and var map
        ? map
        : throw new InvalidOperationException($"'{node.Name}' has no map.");

    private int NewMap(Node node)
    {
        _maps.Add(node);
        return _maps.Count - 1;
    }

    private int MakeMap(Node node)
    {
        _done.Add(node);
        return _mapOfNode[node.Index] = NewMap(node);
    }

    /// <summary>The one operation that reads this result, if nobody else needs it.</summary>
    private Node? OnlyConsumer(Node node) => _consumers[node.Index] is [var consumer] && !_wanted[node.Index] ? consumer : null;

    /// <summary>The input, with what is done to each of its values alone.</summary>
    private void CompileInput()
    {
        var node = _graph.Input;
        var (factors, offsets) = (Enumerable.Repeat(1.0, node.Channels).ToArray(), new double[node.Channels]);
        while (OnlyConsumer(node) is { } next
            && PointwiseOperation.Read(next, _weights) is { Activation: ActivationKind.Identity } affine)
        {
            for (var c = 0; c < node.Channels; c++)
            {
                factors[c] *= affine.Factor(c);
                offsets[c] = (offsets[c] * affine.Factor(c)) + affine.Offset(c);
            }

            _done.Add(node);
            node = next;
        }

        _steps.Add(new SourceStep(ToSingle(factors), ToSingle(offsets)) { Name = node.Name, Inputs = [], Output = MakeMap(node) });
    }

    private void Compile(Node node)
    {
        if (ConvolutionReader.Read(node.Operation, _weights) is { } convolution)
        {
            CompileConvolution(node, new ConvolutionFolder(convolution, _weights));
        }
        else
        {
            int[] inputs = [.. node.Inputs.Select(Map)];
            _steps.Add(PointwiseOperation.Read(node, _weights) is { } pointwise
                ? _factory.Pointwise(pointwise, node.Name, inputs, MakeMap(node))
                : Compile(node, inputs, MakeMap(node)));
        }
    }

    private Step Compile(Node node, int[] inputs, int output) => node.Operation switch
    {
        Add => _factory.Add(node.Name, inputs, output),
        AddParameter add => _factory.AddParameter(_weights[add.Value], add.Value.Shape, node.Name, inputs, output),
        Multiply => _factory.Multiply(GateOf(node), node.Name, inputs, output),
        PixelShuffle shuffle => new ShuffleStep(shuffle.Factor, node.Channels) { Name = node.Name, Inputs = inputs, Output = output },
        Concat => new ConcatStep(node.Inputs[0].Channels, node.Inputs[1].Channels) { Name = node.Name, Inputs = inputs, Output = output },
        Flatten => new FlattenStep(node.Inputs[0].Channels) { Name = node.Name, Inputs = inputs, Output = output },
        ChannelPool pool => new ChannelPoolStep(pool.Pool, node.Inputs[0].Channels) { Name = node.Name, Inputs = inputs, Output = output },
        GlobalPool pool => _factory.GlobalPool(pool.Pool, node.Name, inputs, output),
        MaxPool2d pool => _factory.MaxPool(pool.Kernel, node.Name, inputs, output),
        BicubicUpsample bicubic => _factory.Bicubic(bicubic.Factor, node.Name, inputs, output),
        LayerNorm norm => _factory.LayerNorm(_weights[norm.Gamma], _weights[norm.Beta], norm.Epsilon, node.Name, inputs, output),
        SelfAttention attention => _factory.SelfAttention(attention.Heads, node.Channels, node.Name, inputs, output),
        _ => throw new GraphException($"The engine has no kernel for {node.Operation.Kind} ('{node.Name}')."),
    };

    private void CompileConvolution(Node first, ConvolutionFolder folder)
    {
        var last = first;
        List<int> inputs = [Map(first.Inputs[0])];
        while (OnlyConsumer(last) is { } next)
        {
            if (next.Operation is Add && Other(next, last) is { } other && other.Index < first.Index && folder.TryAddResidual())
            {
                inputs.Add(Map(other));
            }
            else if (!folder.TryFold(next.Operation))
            {
                break;
            }

            _done.Add(last);
            last = next;
        }

        _steps.Add(_factory.Convolution(folder.Result, last.Name, inputs, MakeMap(last)));
    }

    private static Node? Other(Node add, Node one) => ReferenceEquals(add.Inputs[0], one)
        ? ReferenceEquals(add.Inputs[1], one) ? null : add.Inputs[1]
        : add.Inputs[0];

    /// <summary>A map of one pixel or one channel has gates that are several of these; they mean the same.</summary>
    private static GateKind GateOf(Node multiply)
    {
        var (map, gate) = (multiply.Inputs[0].ReferenceShape, multiply.Inputs[1].ReferenceShape);
        return gate == map ? GateKind.Full
            : gate.Channels == map.Channels ? GateKind.Channel
            : GateKind.Spatial;
    }

    private static float[] ToSingle(double[] values) => Array.ConvertAll(values, value => (float)value);
}
