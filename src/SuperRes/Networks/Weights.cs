using System.Diagnostics.CodeAnalysis;

namespace SuperRes.Networks;

/// <summary>The values of a network's parameters by name. Treat as read-only once an engine or a trainer has it.</summary>
public sealed class Weights
{
    private readonly Dictionary<string, Tensor> _tensors;

    /// <summary>From named tensors.</summary>
    public Weights(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        _tensors = new Dictionary<string, Tensor>(tensors, StringComparer.Ordinal);
    }

    /// <summary>The names, in no particular order.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>The tensor of a parameter.</summary>
    /// <exception cref="GraphException">There is none of this name.</exception>
    public Tensor this[string name] =>
        _tensors.TryGetValue(name, out var tensor) ? tensor : throw new GraphException($"The weights have no tensor '{name}'.");

    /// <summary>The values of a parameter.</summary>
    public float[] this[Parameter parameter] => this[parameter.Name].Values;

    /// <summary>The tensor of this name, if there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Tensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>New weights for a graph: the same for the same seed, on every machine, whatever else the graph holds.</summary>
    /// <remarks>Each parameter has its own generator, keyed by seed and name, so adding a layer does not change the others' values.</remarks>
    public static Weights Initialize(Graph graph, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new Weights(graph.Parameters.Select(parameter =>
            KeyValuePair.Create(parameter.Name, new Tensor(parameter.Shape, ParameterSampler.Sample(parameter, seed)))));
    }

    /// <summary>
    /// Those of the tensors that the graph names: the network of a smaller scale read out of a larger model (LapSRN).
    /// What is missing stays missing; <see cref="Differences"/> of the result tells.
    /// </summary>
    public Weights Select(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var names = graph.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        return new Weights(_tensors.Where(pair => names.Contains(pair.Key)));
    }

    /// <summary>Every way in which these weights don't fit the graph, in words; empty when they fit.</summary>
    public IReadOnlyList<string> Differences(Graph graph) => Find(
        graph, _tensors.ToDictionary(pair => pair.Key, pair => pair.Value.Shape, StringComparer.Ordinal), name => !_tensors[name].Values.AsSpan().ContainsAnyNonFinite());

    /// <summary>Every way in which tensors of which only names and shapes are known don't fit a graph.</summary>
    internal static IReadOnlyList<string> ShapeDifferences(Graph graph, IReadOnlyDictionary<string, IReadOnlyList<int>> shapes) => Find(graph, shapes, _ => true);

    private static List<string> Find(Graph graph, IReadOnlyDictionary<string, IReadOnlyList<int>> shapes, Func<string, bool> isFinite)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var faults = new List<string>();
        foreach (var parameter in graph.Parameters)
        {
            if (!shapes.TryGetValue(parameter.Name, out var shape))
            {
                faults.Add($"'{parameter.Name}' [{string.Join(", ", parameter.Shape)}] is missing");
            }
            else if (!shape.SequenceEqual(parameter.Shape))
            {
                faults.Add($"'{parameter.Name}' is [{string.Join(", ", shape)}], expected [{string.Join(", ", parameter.Shape)}]");
            }
            else if (!isFinite(parameter.Name))
            {
                faults.Add($"'{parameter.Name}' holds values that are not finite");
            }
        }

        var known = graph.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(shapes.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).Select(name => $"'{name}' is not part of the network"));
        return faults;
    }
}
