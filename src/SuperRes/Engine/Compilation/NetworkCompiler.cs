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
    private readonly CompilationState _state;
    private readonly AttentionFusion _attention;
    private readonly IReadOnlyList<Node> _taps;

    /// <param name="taps">Nodes whose results the caller wants beside the network's, all of them on the way to it.</param>
    public NetworkCompiler(Graph graph, Weights weights, IStepFactory factory, IReadOnlyList<Node> taps)
    {
        ThrowIfAside(graph, taps);
        _taps = taps;
        _state = new CompilationState(graph, weights, factory, [graph.Output, .. taps]);
        _attention = new AttentionFusion(_state);
    }

    public CompiledNetwork Compile()
    {
        var graph = _state.Graph;
        CompileInput();
        foreach (var node in graph.Nodes.Skip(1))
        {
            if (!_state.IsDone(node) && !_attention.TryCompile(node))
            {
                Compile(node);
            }
        }

        for (var tap = 0; tap < _taps.Count; tap++)
        {
            var node = _taps[tap];
            _state.Steps.Add(new TapStep(tap, node.Channels) { Name = node.Name, Inputs = [_state.Map(node)], Output = _state.NewMap(new MapInfo(node, IsExtra: false)) });
        }

        _state.Steps.Add(new SinkStep { Name = Graph.MainOutput, Inputs = [_state.Map(graph.Output)], Output = _state.NewMap(new MapInfo(graph.Output, IsExtra: false)) });
        var steps = VectorSequences.Join(_state);
        RowPhases.Assign(graph, steps, _state.Maps);
        return new CompiledNetwork(graph, steps, _state.Maps);
    }

    /// <summary>What the result does not depend on is never computed.</summary>
    private static void ThrowIfAside(Graph graph, IReadOnlyList<Node> taps)
    {
        var isOnTheWay = new bool[graph.Nodes.Count];
        isOnTheWay[graph.Output.Index] = true;
        foreach (var node in graph.Nodes.Reverse().Where(node => isOnTheWay[node.Index]))
        {
            foreach (var input in node.Inputs)
            {
                isOnTheWay[input.Index] = true;
            }
        }

        if (taps.FirstOrDefault(tap => !isOnTheWay[tap.Index]) is { } aside)
        {
            throw new GraphException($"'{aside.Name}' can't be tapped: the network's result does not depend on it.");
        }
    }

    /// <summary>The input, with what is done to each of its values alone.</summary>
    private void CompileInput()
    {
        var node = _state.Graph.Input;
        var (factors, offsets) = (Enumerable.Repeat(1.0, node.Channels).ToArray(), new double[node.Channels]);
        while (_state.OnlyConsumer(node) is { } next
            && PointwiseOperation.Read(next, _state.Weights) is { Activation: ActivationKind.Identity } affine)
        {
            for (var c = 0; c < node.Channels; c++)
            {
                factors[c] *= affine.Factor(c);
                offsets[c] = (offsets[c] * affine.Factor(c)) + affine.Offset(c);
            }

            _state.Absorb(node);
            node = next;
        }

        _state.Steps.Add(new SourceStep(ToSingle(factors), ToSingle(offsets)) { Name = node.Name, Inputs = [], Output = _state.MakeMap(node) });
    }

    private void Compile(Node node)
    {
        if (ConvolutionReader.Read(node.Operation, _state.Weights) is { } convolution)
        {
            CompileConvolution(node, new ConvolutionFolder(convolution, _state.Weights));
            return;
        }

        int[] inputs = [.. node.Inputs.Select(_state.Map)];
        _state.Steps.Add(PointwiseOperation.Read(node, _state.Weights) is { } pointwise
            ? _state.Factory.Pointwise(pointwise, node.Name, inputs, _state.MakeMap(node))
            : Compile(node, inputs));
    }

    private Step Compile(Node node, int[] inputs)
    {
        var (factory, weights, name) = (_state.Factory, _state.Weights, node.Name);
        var output = _state.MakeMap(node);
        return node.Operation switch
        {
            Add => factory.Add(name, inputs, output),
            AddParameter add => factory.AddParameter(weights[add.Value], add.Value.Shape, name, inputs, output),
            Multiply => factory.Multiply(GateOf(node), name, inputs, output),
            PixelShuffle shuffle => new ShuffleStep(shuffle.Factor, node.Channels) { Name = name, Inputs = inputs, Output = output },
            Concat => new ConcatStep(node.Inputs[0].Channels, node.Inputs[1].Channels) { Name = name, Inputs = inputs, Output = output },
            Flatten => new FlattenStep(node.Inputs[0].Channels) { Name = name, Inputs = inputs, Output = output },
            ChannelPool pool => new ChannelPoolStep(pool.Pool, node.Inputs[0].Channels) { Name = name, Inputs = inputs, Output = output },
            GlobalPool pool => factory.GlobalPool(pool.Pool, inputs[0], _state.Statistics(inputs[0]), name, output),
            MaxPool2d pool => factory.MaxPool(pool.Kernel, name, inputs, output),
            BicubicUpsample bicubic => factory.Bicubic(bicubic.Factor, name, inputs, output),
            LayerNorm norm => factory.LayerNorm(weights[norm.Gamma], weights[norm.Beta], norm.Epsilon, name, inputs, output),
            SelfAttention attention => factory.SelfAttention(attention.Heads, node.Channels, name, inputs, output),
            _ => throw new GraphException($"The engine has no kernel for {node.Operation.Kind} ('{name}')."),
        };
    }

    private void CompileConvolution(Node first, ConvolutionFolder folder)
    {
        List<int> inputs = [_state.Map(first.Inputs[0])];
        var last = Fold(first, first.Index, folder, inputs);
        if (inputs.Count == 1 && _state.OnlyConsumer(last) is { } next
            && ConvolutionReader.Read(next.Operation, _state.Weights) is { } narrow && CollapsedTail.Supports(folder.Result, narrow))
        {
            _state.Absorb(last);
            var tail = new ConvolutionFolder(narrow, _state.Weights);
            last = Fold(next, first.Index, tail, inputs);
            _state.Steps.Add(_state.Factory.Tail(new CollapsedTail(folder.Result, narrow), last.Name, inputs, _state.MakeMap(last)));
            return;
        }

        var output = _state.MakeMap(last);
        int? statistics = null;
        if (_state.Consumers(last).Any(consumer => consumer.Operation is GlobalPool) && _state.Factory.MakesStatistics(folder.Result))
        {
            statistics = _state.NewMap(new MapInfo(last, IsExtra: true));
            _state.AddStatistics(output, statistics.Value);
        }

        _state.Steps.Add(_state.Factory.Convolution(folder.Result, last.Name, inputs, output, statistics));
    }

    /// <summary>Takes what follows a convolution into it.</summary>
    /// <param name="firstIndex">A residual must have been made before this node.</param>
    /// <returns>The node whose result the convolution makes then.</returns>
    private Node Fold(Node last, int firstIndex, ConvolutionFolder folder, List<int> inputs)
    {
        while (_state.OnlyConsumer(last) is { } next)
        {
            if (next.Operation is Add && Other(next, last) is { } other && other.Index < firstIndex && folder.TryAddResidual())
            {
                inputs.Add(_state.Map(other));
            }
            else if (!folder.TryFold(next.Operation))
            {
                break;
            }

            _state.Absorb(last);
            last = next;
        }

        return last;
    }

    /// <summary>The other operand of a sum; null where a map is added to itself.</summary>
    internal static Node? Other(Node add, Node one) => ReferenceEquals(add.Inputs[0], one)
        ? ReferenceEquals(add.Inputs[1], one) ? null : add.Inputs[1]
        : add.Inputs[0];

    /// <summary>The shape of a gate. Where a map has one pixel or one channel several fit, and mean the same.</summary>
    internal static GateKind GateOf(Node multiply)
    {
        var (map, gate) = (multiply.Inputs[0].ReferenceShape, multiply.Inputs[1].ReferenceShape);
        return gate == map ? GateKind.Full
            : gate.Channels == map.Channels ? GateKind.Channel
            : GateKind.Spatial;
    }

    private static float[] ToSingle(double[] values) => Array.ConvertAll(values, value => (float)value);
}
