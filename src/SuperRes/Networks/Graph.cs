namespace SuperRes.Networks;

/// <summary>
/// A network: an immutable graph of standard operations in an order in which each node follows its inputs.
/// Made by a <see cref="GraphBuilder"/>, which checks shapes and names as it goes.
/// </summary>
public sealed class Graph
{
    internal Graph(IReadOnlyList<Node> nodes, IReadOnlyList<KeyValuePair<string, Node>> outputs)
    {
        Nodes = nodes;
        Outputs = outputs;
        Parameters = [.. nodes.SelectMany(node => node.Operation.Parameters).Distinct(ReferenceEqualityComparer.Instance).Cast<Parameter>()];
    }

    /// <summary>The name of the main output.</summary>
    public const string MainOutput = "y";

    // A sixteenth of what a number holds: results are up to eight times as large, and edges are padded.
    private const int LargestSide = int.MaxValue / 16;

    /// <summary>All nodes; the first is the input.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The input: N, C, H, W.</summary>
    public Node Input => Nodes[0];

    /// <summary>The main output, called <see cref="MainOutput"/>.</summary>
    public Node Output => Outputs[0].Value;

    /// <summary>Named results, the main one first; more than one where training supervises intermediate results (LapSRN's pyramid).</summary>
    public IReadOnlyList<KeyValuePair<string, Node>> Outputs { get; }

    /// <summary>All parameters in the order of the nodes, trainable or not; one that several nodes share is listed once.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Number of trained values; batch norm's statistics are not among them.</summary>
    public long TrainableCount => Parameters.Where(parameter => parameter.Trainable).Sum(parameter => (long)parameter.Count);

    /// <summary>The shape of every node's result, by <see cref="Node.Index"/>, for an input of the given size.</summary>
    /// <exception cref="GraphException">The network can't take an input of this size.</exception>
    public IReadOnlyList<FeatureShape> InferShapes(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (Math.Max(height, width) > LargestSide)
        {
            throw new GraphException(FormattableString.Invariant($"An input of {width}x{height} is too large: a side has at most {LargestSide} pixels."));
        }

        var shapes = new FeatureShape[Nodes.Count];
        shapes[0] = new FeatureShape(Input.Channels, height, width);
        foreach (var node in Nodes.Skip(1))
        {
            FeatureShape[] inputs = [.. node.Inputs.Select(input => shapes[input.Index])];
            shapes[node.Index] = node.Operation.Infer(inputs);
        }

        return shapes;
    }

    /// <summary>The node of this name.</summary>
    /// <exception cref="GraphException">There is none.</exception>
    public Node Find(string name) =>
        Nodes.FirstOrDefault(node => node.Name == name) ?? throw new GraphException($"The network has no node '{name}'.");
}
