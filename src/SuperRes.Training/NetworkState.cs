using SuperRes.Networks;

namespace SuperRes.Training;

/// <summary>Everything of a network that training changes, as host copies by parameter name.</summary>
/// <param name="Weights">The raw weights, running statistics included.</param>
/// <param name="Average">Their exponential moving average; running statistics are copied at every update, not averaged.</param>
/// <param name="FirstMoment">Adam's m, trainable parameters only.</param>
/// <param name="SecondMoment">Adam's v, trainable parameters only.</param>
public sealed record NetworkState(Weights Weights, Weights Average, Weights FirstMoment, Weights SecondMoment)
{
    /// <summary>Refuses a state of another network.</summary>
    /// <exception cref="GraphException">It does not fit the graph; the message lists every difference.</exception>
    public void ThrowIfUnfit(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        string[] faults = [.. Weights.Differences(graph).Concat(Average.Differences(graph)).Concat(Faults(FirstMoment, graph)).Concat(Faults(SecondMoment, graph)).Distinct()];
        if (faults.Length > 0)
        {
            throw new GraphException($"The saved state does not fit the network: {string.Join("; ", faults)}.");
        }
    }

    /// <summary>Moments are of what is trained; batch norm's statistics have none.</summary>
    private static IEnumerable<string> Faults(Weights moments, Graph graph) =>
        from parameter in graph.Parameters
        where parameter.Trainable && !(moments.TryGet(parameter.Name, out var moment) && moment.Shape.SequenceEqual(parameter.Shape))
        select $"the moments of '{parameter.Name}' are missing or of another shape";
}
