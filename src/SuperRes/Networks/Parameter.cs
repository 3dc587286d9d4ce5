namespace SuperRes.Networks;

/// <summary>A named tensor of a network. The values live in <see cref="Weights"/>, never here.</summary>
/// <param name="Name">Unique within the graph, dotted: <c>body.3.conv1.weight</c>.</param>
/// <param name="Shape">Dimensions in PyTorch's order (conv weight: O, I, Kh, Kw).</param>
/// <param name="Initializer">How a new network fills it.</param>
/// <param name="Trainable">False for statistics that are measured, not learned (batch norm's running mean and variance).</param>
public sealed record Parameter(string Name, IReadOnlyList<int> Shape, Initializer Initializer, bool Trainable = true)
{
    /// <summary>Number of values.</summary>
    public int Count => Shape.Aggregate(1, (product, size) => checked(product * size));
}
