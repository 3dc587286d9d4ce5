using System.Globalization;
using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation.Reports;

/// <summary>Numbers as reports print them: the same under every culture, with the digits that the field prints.</summary>
internal static class ReportText
{
    public const string None = "–";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>dB with two digits, as in the literature's tables.</summary>
    public static string Decibels(double? value) => Fixed(value, "0.00");

    public static string Ssim(double? value) => Fixed(value, "0.0000");

    /// <summary>A gain with its sign. Three digits for dB: attention's effects are hundredths.</summary>
    public static string SignedDecibels(double? value) => Fixed(value, "+0.000;−0.000;0.000");

    public static string SignedSsim(double? value) => Fixed(value, "+0.0000;−0.0000;0.0000");

    public static string Interval(Interval? interval, Func<double?, string> format) =>
        interval is { } ends ? $"[{format(ends.Low)}, {format(ends.High)}]" : None;

    /// <summary>A number beside an axis.</summary>
    public static string Tick(double value) => Fixed(value, "#,##0.#####;−#,##0.#####;0");

    /// <summary>Three significant digits from 0.1 ms to 99.9 ms, whole milliseconds above.</summary>
    public static string Milliseconds(double? value) => value switch
    {
        null => None,
        < 10 => Fixed(value, "0.00"),
        < 100 => Fixed(value, "0.0"),
        _ => Fixed(value, "#,##0"),
    };

    /// <summary>A count of parameters: <c>1.52 M</c>, <c>37.2 k</c>, <c>0</c>.</summary>
    public static string Parameters(long count) => count switch
    {
        >= 1_000_000 => (count / 1e6).ToString("0.00", Invariant) + " M",
        >= 1_000 => (count / 1e3).ToString("0.0", Invariant) + " k",
        _ => count.ToString(Invariant),
    };

    public static string Count(long count) => count.ToString("#,##0", Invariant);

    public static string Times(int scale) => "×" + scale.ToString(Invariant);

    public static string Percent(double share) => (share * 100).ToString("0.##", Invariant) + " %";

    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", Invariant) + " UTC";

    /// <summary>Every digit that the number has.</summary>
    public static string Exact(double? value) => value?.ToString("R", Invariant) ?? "";

    /// <summary>A field of comma-separated values, in quotes where it needs them (RFC 4180).</summary>
    public static string CsvField(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Fixed(double? value, string format) => value switch
    {
        null => None,
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        _ => value.Value.ToString(format, Invariant),
    };
}
