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

    private readonly HashSet<Node> _done = [];

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

    private void CompileInput()
    {
        var node = _graph.Input;
        IReadOnlyList<float>? offsets = null;
        if (OnlyConsumer(node) is { Operation: MeanShift shift } shifted)
        {
            _done.Add(node);
            (node, offsets) = (shifted, shift.Offsets);
        }

        _steps.Add(new SourceStep(offsets) { Name = node.Name, Inputs = [], Output = MakeMap(node) });
    }

    private void Compile(Node node)
    {
        switch (node.Operation)
        {
            case Conv2d convolution:
                CompileConvolution(node, new ConvolutionFolder(convolution, _weights));
                break;
            case Add:
                _steps.Add(_factory.Add(node.Name, Map(node.Inputs[0]), Map(node.Inputs[1]), MakeMap(node)));
                break;
            default:
                throw new GraphException($"The engine has no kernel for {node.Operation.Kind} ('{node.Name}').");
        }
    }

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
}
