using System.Text.Json.Serialization;

namespace SuperRes.Networks;

/// <summary>
/// Everything that defines one graph. Super-resolution networks derive from <see cref="NetworkOptions"/>; the networks
/// that only training needs (a discriminator, a content loss) derive from this.
/// </summary>
public abstract record GraphOptions
{
    private protected GraphOptions()
    {
    }

    /// <summary>The architecture's name as in JSON and in catalogue names: <c>edsr</c>.</summary>
    [JsonIgnore]
    public abstract string Architecture { get; }

    /// <summary>Every fault of these options, in words; empty when a graph can be built.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        Check(faults);
        return faults.All;
    }

    /// <summary>Builds the graph these options define.</summary>
    /// <exception cref="GraphException">The options are not valid; the message lists every fault.</exception>
    public Graph BuildGraph()
    {
        var faults = Validate();
        return faults.Count == 0
            ? Build()
            : throw new GraphException($"The options of {Architecture} are not valid: {string.Join("; ", faults)}.");
    }

    /// <summary>Adds the faults of these options.</summary>
    private protected abstract void Check(OptionFaults faults);

    /// <summary>Builds the graph from valid options.</summary>
    private protected abstract Graph Build();
}
