namespace SuperRes.Evaluation.Reports;

/// <summary>All that a report says of one data set at one scale.</summary>
internal sealed record ReportGroup(string Dataset, int Scale, IReadOnlyList<EvaluationResult> Results, IReadOnlyList<ModelComparison> Comparisons)
{
    /// <summary>The groups of a report, in its order.</summary>
    public static IReadOnlyList<ReportGroup> Of(EvaluationReport report) =>
        [.. report.Results
            .GroupBy(result => (result.Dataset, result.Scale))
            .Select(group => new ReportGroup(
                group.Key.Dataset,
                group.Key.Scale,
                [.. group],
                [.. report.Comparisons.Where(comparison => comparison.Dataset == group.Key.Dataset && comparison.Scale == group.Key.Scale)]))];

    /// <summary>What the group is called: <c>Set5 ×4</c>, <c>Set5 ×4 bicubic-jpeg40</c>.</summary>
    public string Title => $"{Dataset} {ReportText.Times(Scale)}{(Results[0].Track is { } track ? $" {track}" : "")}";

    /// <summary>The model that the others are compared with; null where nothing is compared.</summary>
    public string? Baseline => Comparisons.Count > 0 ? Comparisons[0].Baseline : null;

    /// <summary>The images that at least one model was measured on, in the set's order.</summary>
    public IReadOnlyList<string> ImageNames =>
        [.. Results.OrderByDescending(result => result.Images.Count).SelectMany(result => result.Images).Select(image => image.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Names of the other protocols that at least one model has means of.</summary>
    public IReadOnlyList<string> OtherProtocols =>
        [.. Results.SelectMany(result => result.Others).Select(score => score.Protocol).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the models were measured on different images, so that their means can't be compared.</summary>
    public bool HasUnequalImages =>
        Results.Any(result => !result.Images.Select(image => image.Name).SequenceEqual(Results[0].Images.Select(image => image.Name)));

    public ModelComparison? ComparisonOf(EvaluationResult result) =>
        Comparisons.FirstOrDefault(comparison => comparison.Model == result.Model);

    /// <summary>The largest mean, which tables set in bold; null where the means can't be compared.</summary>
    public double? BestMean(Func<EvaluationResult, double?> value) => HasUnequalImages ? null : Best(Results, value);

    /// <summary>The largest value, which tables set in bold; null where there is nothing to choose between.</summary>
    public static double? Best<T>(IReadOnlyCollection<T> items, Func<T, double?> value) =>
        items.Count > 1 ? items.Max(value) : null;
}
