using SuperRes.Networks;

namespace SuperRes.Engine.Reference;

/// <summary>What one pass of a <see cref="ReferenceExecutor"/> computed: the result of every node.</summary>
internal sealed class ReferenceRun(Graph graph, ReferenceMap[] results, IReadOnlyDictionary<string, double[]> runningStatistics)
{
    /// <summary>The main output.</summary>
    public ReferenceMap Output => this[graph.Output];

    /// <summary>The named outputs.</summary>
    public IReadOnlyDictionary<string, ReferenceMap> Outputs { get; } =
        graph.Outputs.ToDictionary(pair => pair.Key, pair => results[pair.Value.Index], StringComparer.Ordinal);

    /// <summary>
    /// Batch norm's running means and variances after the pass, by parameter name; empty where the pass used the stored ones.
    /// </summary>
    public IReadOnlyDictionary<string, double[]> RunningStatistics { get; } = runningStatistics;

    /// <summary>The result of the node of this name.</summary>
    public ReferenceMap this[string node] => this[graph.Find(node)];

    /// <summary>The result of a node.</summary>
    public ReferenceMap this[Node node] => results[node.Index];
}
