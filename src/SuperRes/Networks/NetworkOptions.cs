using System.Text.Json.Serialization;
using SuperRes.Networks.Architectures;

namespace SuperRes.Networks;

/// <summary>
/// Everything that defines a network: its architecture (the record's type; <c>"architecture"</c> in JSON), its scale and
/// its options. Model files and recipes carry it as JSON; <see cref="BuildGraph"/> makes the graph again.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "architecture", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(EdsrOptions), "edsr")]
public abstract record NetworkOptions
{
    /// <summary>How many times wider and higher the result is.</summary>
    public int Scale { get; init; } = 4;

    /// <summary>The architecture's name as in JSON and in catalogue names: <c>edsr</c>.</summary>
    [JsonIgnore]
    public abstract string Architecture { get; }

    /// <summary>Every fault of these options, in words; empty when a graph can be built.</summary>
    public abstract IReadOnlyList<string> Validate();

    /// <summary>The graph: input N, 3, H, W of RGB in [0, 1], main output N, 3, sH, sW.</summary>
    /// <exception cref="GraphException">The options are not valid; the message lists every fault.</exception>
    public Graph BuildGraph()
    {
        var faults = Validate();
        return faults.Count == 0
            ? Build()
            : throw new GraphException($"The options of {Architecture} are not valid: {string.Join("; ", faults)}.");
    }

    /// <summary>Builds the graph from valid options.</summary>
    protected abstract Graph Build();
}
