using System.Globalization;
using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>Numbers of a study as its reports print them.</summary>
internal static class StudyText
{
    /// <summary>A mean with half its interval: "28.431 ± 0.012".</summary>
    public static string Mean(StudyMean? mean, string format) => mean is null ? ReportText.None : Mean(mean.Value, mean.Interval, format);

    /// <summary>A mean over seeds with half its interval.</summary>
    public static string Mean(double value, Interval? interval, string format) =>
        interval is { } ends ? $"{Number(value, format)} ± {Number((ends.High - ends.Low) / 2, format)}" : Number(value, format);

    /// <summary>The mean of values, one per seed, with half its interval.</summary>
    public static string Mean(ReadOnlySpan<double> seeds, double level, string format)
    {
        if (seeds.IsEmpty)
        {
            return ReportText.None;
        }

        var over = SeedDifference.Of(seeds, level);
        return Mean(over.Mean, over.Interval, format);
    }

    /// <summary>How far gates' weights differ, over seeds, in per cent; where not every run was measured, it says over how many.</summary>
    public static string Variation(IReadOnlyCollection<GateWeights?> seeds, double level)
    {
        double[] measured = [.. seeds.OfType<GateWeights>().Select(weights => 100 * weights.Variation)];
        return measured.Length == 0 ? ReportText.None : $"{Mean(measured, level, "0.00")} %{Of(measured.Length, seeds.Count)}";
    }

    /// <summary>What looking adds to an arm's PSNR, in dB; where not every run was measured, it says over how many.</summary>
    public static string Looking(StudyArm arm, string unit = "") => arm.Looking is { } looking
        ? Difference(looking, "0.0000") + unit + Of(looking.Seeds.Seeds, arm.Seeds)
        : ReportText.None;

    /// <summary>What looking adds to an arm's PSNR: the interval over seeds and images.</summary>
    public static string LookingOnImages(StudyArm arm) => Interval(arm.Looking?.Crossed?.Interval, "0.0000") is { Length: > 0 } interval ? interval : ReportText.None;

    private static string Of(int measured, int runs) => measured == runs ? "" : $" ({measured} of {runs} seeds)";

    /// <summary>A signed difference; what rounds to nothing has no sign.</summary>
    public static string Signed(double value, string format) => Number(value, $"+{format};-{format};{format}");

    /// <summary>A signed difference and its interval.</summary>
    public static string Difference(StudyDifference? difference, string format) =>
        difference is null ? ReportText.None : $"{Signed(difference.Seeds.Mean, format)} {Interval(difference.Seeds.Interval, format)}".TrimEnd();

    /// <summary>Digits for a difference in dB: a thousandth, or a tenth of one where the interval is narrower than a hundredth.</summary>
    public static string Format(StudyDifference difference) =>
        difference.Seeds.Interval is { } interval && interval.High - interval.Low < 0.01 ? "0.0000" : "0.000";

    public static string Interval(Interval? interval, string format) =>
        interval is { } ends ? $"[{Signed(ends.Low, format)}, {Signed(ends.High, format)}]" : "";

    public static string P(double? p) => p switch
    {
        null => ReportText.None,
        < 0.0001 => "< 0.0001",
        _ => Number(p.Value, "0.0000"),
    };

    public static string Number(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal).Replace("Infinity", "∞", StringComparison.Ordinal);

    /// <summary>The digits that a measure is printed with.</summary>
    public static string Format(StudyMeasure measure) => measure.Kind == "ssim" ? "0.00000" : "0.000";

    public static string Seconds(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    /// <summary>A name for a file: letters, digits and dashes.</summary>
    public static string FileName(string text) => string.Join('-', text.ToLowerInvariant().Split([.. text.ToLowerInvariant().Where(letter => !char.IsAsciiLetterOrDigit(letter)), ' '], StringSplitOptions.RemoveEmptyEntries));
}
