using System.Globalization;
using SuperRes.Evaluation.Statistics;
using SuperRes.Metrics;

namespace SuperRes.Evaluation.Reports;

/// <summary>What every form of a report says in words.</summary>
internal static class ReportNotes
{
    public const string UnequalImages = "The models were measured on different images, because some failed: their means can't be compared. The gains are over the images in common.";

    // Of 600 simulated normal samples each, the 95 % interval held the true mean in 85 % of cases with 5 images, 90 % with 10,
    // 91 % with 14, 92.5 % with 20, 94 % with 50.
    private const int FewImages = 20;

    /// <summary>A warning where the group's intervals rest on few images; null elsewhere.</summary>
    public static string? FewImagesWarning(ReportGroup group) => group.ImageNames.Count is > 1 and < FewImages and var count
        ? string.Create(CultureInfo.InvariantCulture, $"With only {count} images the intervals come out too narrow; a larger set says more.")
        : null;

    /// <summary>A sentence for each mean by another protocol that is over fewer images than the group's own: those left are too small for what it shaves.</summary>
    public static IEnumerable<string> PartialProtocols(ReportGroup group) =>
        group.Results
            .SelectMany(result => result.Others.Where(score => score.Images < result.Images.Count).Select(score => string.Create(
                CultureInfo.InvariantCulture,
                $"By protocol {score.Protocol} only {score.Images} of {result.Images.Count} images were measured, because it leaves too little of the others: its means can't be held against those of the other protocols.")))
            .Distinct(StringComparer.Ordinal);

    public static string Interval(BootstrapOptions bootstrap) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ReportText.Percent(bootstrap.Level)} confidence interval of the mean over images like these (percentile bootstrap, {ReportText.Count(bootstrap.Resamples)} resamples, seed {bootstrap.Seed}).");

    public static string Time(int repeats) => repeats == 1
        ? "Time: one run per image after a short warm-up, without reading the file."
        : string.Create(CultureInfo.InvariantCulture, $"Time: median of {repeats} runs per image after a short warm-up, without reading the file.");

    public static IEnumerable<(string Name, string Value)> Rows(ProtocolCard card) =>
    [
        ("Measured", card.Channel),
        ("Gray images", card.Gray),
        ("Pixels shaved from each edge", card.Shave),
        ("Peak", card.Peak.ToString(CultureInfo.InvariantCulture)),
        ("SSIM window", card.Window),
        ("Rounding", card.Rounding),
        ("Low-resolution images that a set lacks", card.Degradation),
    ];

    public static IEnumerable<(string Name, string Value)> Rows(EvaluationReport report)
    {
        var machine = report.Environment;
        return
        [
            ("SuperRes", report.Version),
            ("Date", ReportText.Date(report.Date)),
            ("Processor", string.Create(
                CultureInfo.InvariantCulture,
                $"{machine.Processor ?? "not known"}, {machine.Processors} logical processors, {machine.VectorBits}-bit vectors, {machine.Architecture}")),
            ("Operating system", machine.OperatingSystem),
            ("Runtime", machine.Runtime),
            .. report.Results.Where(result => result.WeightsHash is not null).DistinctBy(result => result.Model, StringComparer.Ordinal)
                .Select(result => ($"SHA-256 of {result.Model}", result.WeightsHash!)),
            .. report.Notes.Select(note => ("Note", note)),
        ];
    }

    /// <summary>Failures with who had them; the same error of many images or models is said once.</summary>
    public static IEnumerable<(string Error, string Who)> Failures(ReportGroup group) =>
        group.Results
            .SelectMany(result => result.Failures.Select(failure => (failure.Error, failure.Name, result.Model)))
            .GroupBy(failure => failure.Error, StringComparer.Ordinal)
            .Select(same => (same.Key, Who(
                [.. same.Select(failure => failure.Name).Distinct(StringComparer.Ordinal)],
                [.. same.Select(failure => failure.Model).Distinct(StringComparer.Ordinal)],
                group.Results.Count)));

    private static string Who(string[] images, string[] models, int modelCount) =>
        $"{List(images)}{(models.Length == modelCount ? "" : $" with {List(models)}")}";

    private static string List(string[] names) => names.Length <= 5
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(4))} and {names.Length - 4} others");
}
