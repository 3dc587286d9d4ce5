using System.Globalization;
using SuperRes.Evaluation.Statistics;
using SuperRes.Metrics;

namespace SuperRes.Evaluation.Reports;

/// <summary>What every form of a report says in words.</summary>
internal static class ReportNotes
{
    public const string UnequalImages = "The models were measured on different images, because some failed: their means can't be compared. The gains are over the images in common.";

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
        ("Low-resolution images", card.Degradation),
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
