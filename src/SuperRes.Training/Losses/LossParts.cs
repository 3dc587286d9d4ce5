namespace SuperRes.Training.Losses;

/// <summary>What each loss contributed, by kind.</summary>
internal sealed class LossParts
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    /// <summary>By kind, weights included.</summary>
    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>Notes a contribution and hands it back.</summary>
    public double Add(string kind, double value)
    {
        _values[kind] = _values.GetValueOrDefault(kind) + value;
        return value;
    }
}
