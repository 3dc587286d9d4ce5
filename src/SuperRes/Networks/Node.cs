namespace SuperRes.Networks;

/// <summary>One step of a <see cref="Graph"/>: an operation and the nodes it reads.</summary>
public sealed class Node
{
    internal Node(int index, string name, Operation operation, IReadOnlyList<Node> inputs, FeatureShape referenceShape)
    {
        Index = index;
        Name = name;
        Operation = operation;
        Inputs = inputs;
        ReferenceShape = referenceShape;
    }

    /// <summary>Position in <see cref="Graph.Nodes"/>; greater than that of every input.</summary>
    public int Index { get; }

    /// <summary>Unique within the graph; what taps and summaries call it.</summary>
    public string Name { get; }

    /// <summary>What it computes.</summary>
    public Operation Operation { get; }

    /// <summary>What it reads, in the operation's order.</summary>
    public IReadOnlyList<Node> Inputs { get; }

    /// <summary>C: channels of the result, the same for every input size.</summary>
    public int Channels => ReferenceShape.Channels;

    /// <summary>The result's shape when the graph's input has its reference size.</summary>
    public FeatureShape ReferenceShape { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Operation.Kind}";
}
