namespace SuperRes.Evaluation.Reports.Html;

/// <summary>One model's values over the images of a group, for a chart.</summary>
/// <param name="Model">The model's place among the group's results, which its mark follows from.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Values">Its value on each image that it has one on.</param>
/// <param name="Mean">Their mean; null where there is none.</param>
internal sealed record ImageSeries(int Model, string Name, IReadOnlyDictionary<string, double> Values, double? Mean)
{
    /// <summary>PSNR, dB.</summary>
    public static IReadOnlyList<ImageSeries> Psnr(ReportGroup group) =>
        [.. group.Results.Select((result, model) => new ImageSeries(model, result.Model, ByName(result), result.Psnr))];

    /// <summary>PSNR less the baseline's on the same image, dB, of every model but the baseline; images with an infinite one are left out.</summary>
    public static IReadOnlyList<ImageSeries> Gains(ReportGroup group)
    {
        if (group.Results.FirstOrDefault(result => result.Model == group.Baseline) is not { } baseline)
        {
            return [];
        }

        var zero = ByName(baseline);
        return [.. group.Results
            .Select((result, model) => new ImageSeries(
                model,
                result.Model,
                ByName(result)
                    .Where(score => zero.TryGetValue(score.Key, out var other) && double.IsFinite(score.Value - other))
                    .ToDictionary(score => score.Key, score => score.Value - zero[score.Key], StringComparer.Ordinal),
                group.ComparisonOf(result)?.Psnr?.Mean))
            .Where(series => series.Name != group.Baseline)];
    }

    private static Dictionary<string, double> ByName(EvaluationResult result) =>
        result.Images.ToDictionary(image => image.Name, image => image.Psnr, StringComparer.Ordinal);
}
