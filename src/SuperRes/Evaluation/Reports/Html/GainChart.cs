namespace SuperRes.Evaluation.Reports.Html;

/// <summary>Each model's mean gain over the baseline with its interval (a forest plot): whether models differ at all.</summary>
internal static class GainChart
{
    private const double Width = 520;
    private const double Left = 180;
    private const double Right = 500;
    private const double Top = 16;
    private const double RowHeight = 36;

    public static void Write(ReportLines page, ReportGroup group)
    {
        var rows = group.Results
            .Select((result, model) => (Model: model, result.Model, Gain: group.ComparisonOf(result)?.Psnr))
            .Where(row => row.Gain is not null)
            .Select(row => (row.Item1, Name: row.Item2, Gain: row.Gain!))
            .ToArray();
        if (rows.Length == 0)
        {
            return;
        }

        var bottom = Top + (rows.Length * RowHeight) + 6;
        var axis = ChartAxis.Linear(
            rows.SelectMany(row => new[] { row.Gain.Mean, row.Gain.Interval?.Low ?? 0, row.Gain.Interval?.High ?? 0, 0 }), Left, Right, 5);
        page.Line($"<figure><figcaption><div class=\"chart-title\">Gain over {HtmlText.Name(group.Baseline!)}</div>Mean difference in PSNR on the same images, dB, with its interval. Where it holds 0, no difference can be told.</figcaption><div class=\"scroll\">");
        page.Line($"<svg class=\"chart\" viewBox=\"0 0 {Width:0.#} {bottom + 34:0.#}\" role=\"img\" aria-label=\"{HtmlText.Of($"Gain in PSNR over {group.Baseline} on {group.Title}; the table has the numbers.")}\">");
        ChartGrid.Columns(page, axis, Top - 8, bottom, marksZero: true);
        for (var i = 0; i < rows.Length; i++)
        {
            Row(page, axis, rows[i].Item1, rows[i].Name, rows[i].Gain, Top + ((i + 0.5) * RowHeight));
        }

        page.Line($"</svg></div></figure>");
    }

    private static void Row(ReportLines page, ChartAxis axis, int model, string name, Statistics.PairedDifference gain, double y)
    {
        ChartGrid.Label(page, HtmlText.Short(name, 20), Left - 14, y - 1);
        ChartGrid.Label(page, ReportText.SignedDecibels(gain.Mean), Left - 14, y + 13, "tick");
        if (gain.Interval is { } interval)
        {
            page.Line($"<line class=\"bar b{ChartMark.Color(model)}\" stroke-width=\"2.5\" x1=\"{axis.Map(interval.Low):0.0}\" x2=\"{axis.Map(interval.High):0.0}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>");
        }

        page.Line(ChartMark.Svg(model, axis.Map(gain.Mean), y, $"{name}: {ReportText.SignedDecibels(gain.Mean)} dB {ReportText.Interval(gain.Interval, ReportText.SignedDecibels)}, better on {gain.Better} of {gain.Images} images"));
    }
}
