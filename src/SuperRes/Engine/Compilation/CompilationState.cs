using SuperRes.Engine.Steps;
using SuperRes.Networks;

namespace SuperRes.Engine.Compilation;

/// <summary>What the compiler knows while it walks a graph: who reads what, which nodes are done, and the steps and maps so far.</summary>
internal sealed class CompilationState
{
    private readonly int[] _mapOfNode;
    private readonly List<Node>[] _consumers;
    private readonly bool[] _isWanted;
    private readonly bool[] _isDone;
    private readonly List<MapInfo> _maps = [];
    private readonly Dictionary<int, int> _statisticsOfMap = [];

    /// <param name="wanted">Nodes whose results the caller wants; they are never fused away.</param>
    public CompilationState(Graph graph, Weights weights, IStepFactory factory, IEnumerable<Node> wanted)
    {
        (Graph, Weights, Factory) = (graph, weights, factory);
        _mapOfNode = new int[graph.Nodes.Count];
        Array.Fill(_mapOfNode, -1);
        _isDone = new bool[graph.Nodes.Count];
        _isWanted = new bool[graph.Nodes.Count];
        foreach (var node in wanted)
        {
            _isWanted[node.Index] = true;
        }

        _consumers = [.. graph.Nodes.Select(_ => new List<Node>())];
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
            {
                _consumers[input.Index].Add(node);
            }
        }
    }

    public Graph Graph { get; }

    public Weights Weights { get; }

    public IStepFactory Factory { get; }

    public List<Step> Steps { get; } = [];

    public IReadOnlyList<MapInfo> Maps => _maps;

    /// <summary>The nodes that read a result.</summary>
    public IReadOnlyList<Node> Consumers(Node node) => _consumers[node.Index];

    /// <summary>The one node that reads a result, if nobody else needs it.</summary>
    public Node? OnlyConsumer(Node node) => _consumers[node.Index] is [var consumer] && !_isWanted[node.Index] ? consumer : null;

    /// <summary>Whether a result must exist in memory because the caller asked for it.</summary>
    public bool IsWanted(Node node) => _isWanted[node.Index];

    public bool IsDone(Node node) => _isDone[node.Index];

    /// <summary>Notes that a node is part of a step that makes another node's result.</summary>
    public void Absorb(Node node) => _isDone[node.Index] = true;

    /// <summary>The map that holds a node's result.</summary>
    public int Map(Node node) => _mapOfNode[node.Index] is >= 0 and var map
        ? map
        : throw new InvalidOperationException($"'{node.Name}' has no map.");

    /// <summary>A new map for a node's result; the node is done.</summary>
    public int MakeMap(Node node)
    {
        _isDone[node.Index] = true;
        return _mapOfNode[node.Index] = NewMap(new MapInfo(node, IsExtra: false));
    }

    public int NewMap(MapInfo map)
    {
        _maps.Add(map);
        return _maps.Count - 1;
    }

    /// <summary>Notes that tile statistics of a map are made beside it.</summary>
    public void AddStatistics(int map, int statistics) => _statisticsOfMap[map] = statistics;

    /// <summary>The tile statistics of a map, if there are any.</summary>
    public int? Statistics(int map) => _statisticsOfMap.TryGetValue(map, out var statistics) ? statistics : null;
}
