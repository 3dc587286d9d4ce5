using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>A study's report as one page that needs nothing else.</summary>
internal static class StudyHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="title">The page's title.</param>
    /// <param name="blocks">The report's pieces.</param>
    /// <param name="picture">A picture file's bytes (PNG), by its name in the report.</param>
    public static string Write(string title, IReadOnlyList<StudyBlock> blocks, Func<string, byte[]> picture)
    {
        var page = new ReportLines();
        page.Line($"<!doctype html>");
        page.Line($"<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{HtmlAsset.Policy}\">");
        page.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Line($"<title>{HtmlText.Of(title)}</title>");
        page.Raw("<style>").Raw(HtmlAsset.Style).Raw("</style></head><body>\n");
        page.Line($"<a class=\"skip\" href=\"#report\">To the report</a>");
        page.Line($"<main id=\"report\"><header><h1>{HtmlText.Of(title)}</h1>");
        page.Line($"<nav aria-label=\"Sections\"><ul>");
        foreach (var heading in blocks.OfType<StudyBlock.Heading>().Where(heading => heading.Level == 2))
        {
            page.Line($"<li><a href=\"#{StudyText.FileName(heading.Text)}\">{HtmlText.Of(heading.Text)}</a></li>");
        }

        page.Line($"</ul></nav></header>");
        for (var i = 0; i < blocks.Count; i++)
        {
            // Neighbouring charts stand side by side where there is room.
            var (isChart, follows, goesOn) = (IsCurve(blocks, i), IsCurve(blocks, i - 1), IsCurve(blocks, i + 1));
            page.Raw(isChart && !follows ? "<div class=\"charts\">\n" : "");
            Write(page, blocks[i], picture);
            page.Raw(isChart && !goesOn ? "</div>\n" : "");
        }

        return page.Line($"</main></body></html>").ToString();
    }

    private static bool IsCurve(IReadOnlyList<StudyBlock> blocks, int index) =>
        index >= 0 && index < blocks.Count && blocks[index] is StudyBlock.Chart { Drawing: BandChart };

    private static void Write(ReportLines page, StudyBlock block, Func<string, byte[]> picture)
    {
        switch (block)
        {
            case StudyBlock.Heading heading:
                page.Line($"<h{heading.Level} id=\"{StudyText.FileName(heading.Text)}\">{HtmlText.Of(heading.Text)}</h{heading.Level}>");
                break;
            case StudyBlock.Paragraph paragraph:
                page.Line($"<p{(paragraph.IsQuiet ? " class=\"quiet\"" : "")}>{HtmlText.Of(paragraph.Text)}</p>");
                break;
            case StudyBlock.Bullets bullets:
                page.Line($"<ul>{string.Concat(bullets.Items.Select(item => $"<li>{HtmlText.Of(item)}</li>\n"))}</ul>");
                break;
            case StudyBlock.Table table:
                Table(page, table);
                break;
            case StudyBlock.Chart { Drawing: var drawing }:
                page.Line($"<figure><figcaption><div class=\"chart-title\">{HtmlText.Of(drawing.Title)}</div>{HtmlText.Of(drawing.Caption)}</figcaption><div class=\"scroll\">");
                page.Line($"<svg class=\"chart\" viewBox=\"0 0 {drawing.Width:0.#} {drawing.Height:0.#}\" role=\"img\" aria-label=\"{HtmlText.Of(drawing.Description)}\">");
                drawing.Write(page);
                page.Line($"</svg></div></figure>");
                break;
            case StudyBlock.Picture { Shown: var shown }:
                page.Line($"<figure><img class=\"overview\" alt=\"{HtmlText.Of(shown.Caption)}\" src=\"data:image/png;base64,{Convert.ToBase64String(picture(shown.File))}\">");
                page.Line($"<figcaption>{HtmlText.Of(shown.Caption)}</figcaption></figure>");
                break;
        }
    }

    private static void Table(ReportLines page, StudyBlock.Table table)
    {
        page.Line($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{HtmlText.Of(table.Caption)}\"><table><caption class=\"note\">{HtmlText.Of(table.Caption)}</caption>");
        page.Line($"<thead><tr>{string.Concat(table.Headers.Select(header => $"<th scope=\"col\">{HtmlText.Of(header)}</th>"))}</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            page.Line($"<tr><th scope=\"row\">{HtmlText.Of(row[0])}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{HtmlText.Of(cell)}</td>"))}</tr>");
        }

        page.Line($"</tbody></table></div>");
    }
}
