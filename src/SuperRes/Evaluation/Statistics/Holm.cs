namespace SuperRes.Evaluation.Statistics;

/// <summary>Holm (1979): who asks several questions finds something by chance more often; this keeps the chance of any false find.</summary>
internal static class Holm
{
    /// <summary>Adjusted p values, in the order of those given: at most 1, and none smaller than before.</summary>
    /// <param name="values">One p per question; null where a question has none, which counts as no question.</param>
    public static double?[] Adjust(IReadOnlyList<double?> values)
    {
        var adjusted = new double?[values.Count];
        int[] order = [.. Enumerable.Range(0, values.Count).Where(i => values[i] is not null).OrderBy(i => values[i])];
        var largest = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - rank) * values[order[rank]]!.Value));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }
}
