using System.Globalization;
using SuperRes.Evaluation.Figures;
using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Evaluation.Reports.Html;

/// <summary>
/// A report as one HTML page that needs nothing else: tables that sort, charts as inline SVG, crops as data URIs; light
/// and dark, readable on a phone, by keyboard and by a screen reader. It makes no request.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">The numbers.</param>
    /// <param name="figures">Side-by-side crops; may be empty, as when the report was read back from JSON.</param>
    /// <param name="encodePng">Encodes an 8-bit gray or RGB picture as a PNG file.</param>
    public static string Write(EvaluationReport report, IReadOnlyList<ComparisonFigure> figures, Func<ImageBuffer, byte[]> encodePng)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(encodePng);
        var groups = ReportGroup.Of(report);
        var pictures = new HtmlFigures(encodePng);
        var page = new ReportLines();
        Head(page, report, groups);
        for (var i = 0; i < groups.Count; i++)
        {
            Section(page, i, groups[i], [.. figures.Where(figure => figure.Reference.Dataset == groups[i].Dataset && figure.Reference.Scale == groups[i].Scale)], pictures);
        }

        Foot(page, report);
        return page.ToString();
    }

    private static void Head(ReportLines page, EvaluationReport report, IReadOnlyList<ReportGroup> groups)
    {
        var title = $"Super-resolution evaluation: {string.Join(", ", groups.Select(group => group.Title))}";
        page.Line($"<!doctype html>");
        page.Line($"<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{HtmlAsset.Policy}\">");
        page.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Line($"<title>{HtmlText.Of(title)}</title>");
        page.Raw("<style>").Raw(HtmlAsset.Style).Raw("</style></head><body>\n");
        page.Line($"<a class=\"skip\" href=\"#g0\">Skip to the results</a><main><header><h1>Super-resolution evaluation</h1>");
        page.Line($"<p class=\"quiet\">Protocol <code>{HtmlText.Of(report.Protocol.Name)}</code> · SuperRes {HtmlText.Of(report.Version)} · <time datetime=\"{report.Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{ReportText.Date(report.Date)}</time></p>");
        page.Line($"<p class=\"note\">In brackets: {HtmlText.Of(ReportNotes.Interval(report.Bootstrap))} {HtmlText.Of(ReportNotes.Time(report.Repeats))} The best value of a column is shaded. Click a column’s head to sort.</p>");
        page.Line($"<nav aria-label=\"Contents\"><ul>");
        for (var i = 0; i < groups.Count; i++)
        {
            page.Line($"<li><a href=\"#g{i}\">{HtmlText.Name(groups[i].Title)}</a></li>");
        }

        page.Line($"<li><a href=\"#protocols\">Protocols</a></li></ul></nav></header>");
    }

    private static void Section(ReportLines page, int index, ReportGroup group, ComparisonFigure[] figures, HtmlFigures pictures)
    {
        page.Line($"<section id=\"g{index}\" aria-labelledby=\"h{index}\"><h2 id=\"h{index}\">{HtmlText.Name(group.Title)}</h2>");
        page.Line($"<p class=\"quiet\">{ReportText.Count(group.ImageNames.Count)} {(group.ImageNames.Count == 1 ? "image" : "images")}. {ReportNotes.FewImagesWarning(group)}</p>");
        Failures(page, group);
        HtmlTables.Means(page, group);
        Legend(page, group);
        page.Line($"<div class=\"charts\">");
        TimeChart.Write(page, group);
        GainChart.Write(page, group);
        page.Line($"</div>");
        if (group.ImageNames.Count > 0)
        {
            ImageChart.Psnr(page, group);
            ImageChart.Gains(page, group);
        }

        if (figures.Length > 0)
        {
            page.Line($"<h3>{(group.Results.Count > 1 ? "Where the models differ most" : "Where the error is largest")}</h3>");
        }

        foreach (var figure in figures)
        {
            pictures.Write(page, figure);
        }

        HtmlTables.OtherProtocols(page, group);
        HtmlTables.Images(page, group);
        page.Line($"</section>");
    }

    private static void Failures(ReportLines page, ReportGroup group)
    {
        var failures = ReportNotes.Failures(group).ToArray();
        if (failures.Length == 0)
        {
            return;
        }

        page.Line($"<div class=\"alert\" role=\"note\"><strong>Some images failed and are in no mean.</strong>{(group.HasUnequalImages ? $" {ReportNotes.UnequalImages}" : "")}<ul>");
        foreach (var (error, who) in failures)
        {
            page.Line($"<li>{HtmlText.Name(who)}: {HtmlText.Of(error)}</li>");
        }

        page.Line($"</ul></div>");
    }

    private static void Legend(ReportLines page, ReportGroup group)
    {
        page.Line($"<ul class=\"legend\" aria-label=\"Marks of the models in the charts\">");
        for (var model = 0; model < group.Results.Count; model++)
        {
            page.Line($"<li><svg viewBox=\"-7 -7 14 14\" aria-hidden=\"true\">");
            page.Line(ChartMark.Svg(model, 0, 0, ""));
            page.Line($"</svg>{HtmlText.Name(group.Results[model].Model)}</li>");
        }

        page.Line($"</ul>");
    }

    private static void Foot(ReportLines page, EvaluationReport report)
    {
        page.Line($"<section id=\"protocols\" aria-labelledby=\"hp\"><h2 id=\"hp\">Protocols</h2><div class=\"cards\">");
        foreach (var card in report.OtherProtocols.Prepend(report.Protocol))
        {
            Card(page, card);
        }

        page.Line($"</div></section><section aria-labelledby=\"hm\"><h2 id=\"hm\">Made with</h2>");
        Definitions(page, ReportNotes.Rows(report));
        page.Line($"</section></main>");
        page.Raw("<script>").Raw(HtmlAsset.Script).Raw("</script></body></html>\n");
    }

    private static void Card(ReportLines page, ProtocolCard card)
    {
        page.Line($"<div class=\"card\"><h3><code>{HtmlText.Of(card.Name)}</code></h3>");
        Definitions(page, ReportNotes.Rows(card));
        if (card.Notes.Count > 0)
        {
            page.Line($"<ul>{string.Concat(card.Notes.Select(note => $"<li>{HtmlText.Of(note)}</li>"))}</ul>");
        }

        page.Line($"</div>");
    }

    private static void Definitions(ReportLines page, IEnumerable<(string Name, string Value)> rows)
    {
        page.Line($"<dl>");
        foreach (var (name, value) in rows)
        {
            page.Line($"<dt>{HtmlText.Of(name)}</dt><dd>{HtmlText.Of(value)}</dd>");
        }

        page.Line($"</dl>");
    }
}
