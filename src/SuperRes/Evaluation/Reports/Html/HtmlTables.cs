namespace SuperRes.Evaluation.Reports.Html;

/// <summary>The sortable tables of one data set and scale.</summary>
internal static class HtmlTables
{
    public static void Means(ReportLines page, ReportGroup group)
    {
        var bestPsnr = group.BestMean(result => result.Psnr);
        var bestSsim = group.BestMean(result => result.Ssim);
        var hasGain = group.Baseline is not null;
        Open(page, $"Means of {group.Title}", ["Model", "PSNR, dB", "SSIM", .. hasGain ? [$"Gain over {group.Baseline}, dB", "Better on"] : Array.Empty<string>(), "ms per image", "Parameters"]);
        foreach (var result in group.Results)
        {
            page.Line($"<tr><th scope=\"row\">{HtmlText.Name(result.Model)}</th>");
            Cell(page, result.Psnr, ReportText.Decibels(result.Psnr), ReportText.Interval(result.PsnrInterval, ReportText.Decibels), bestPsnr);
            Cell(page, result.Ssim, ReportText.Ssim(result.Ssim), ReportText.Interval(result.SsimInterval, ReportText.Ssim), bestSsim);
            if (hasGain)
            {
                var gain = group.ComparisonOf(result)?.Psnr;
                Cell(page, gain?.Mean, ReportText.SignedDecibels(gain?.Mean), ReportText.Interval(gain?.Interval, ReportText.SignedDecibels));
                Cell(page, gain?.Better, gain is null ? ReportText.None : $"{ReportText.Count(gain.Better)} / {ReportText.Count(gain.Images)}");
            }

            Cell(page, result.Ms, ReportText.Milliseconds(result.Ms));
            Cell(page, result.Parameters, ReportText.Parameters(result.Parameters));
            page.Line($"</tr>");
        }

        Close(page);
    }

    public static void OtherProtocols(ReportLines page, ReportGroup group)
    {
        var columns = ReportColumn.OtherProtocols(group);
        if (columns.Count == 0)
        {
            return;
        }

        page.Line($"<h3>The same images by other protocols</h3>");
        Open(page, $"Other protocols, {group.Title}", ["Model", .. columns.Select(column => column.Title)]);
        foreach (var result in group.Results)
        {
            page.Line($"<tr><th scope=\"row\">{HtmlText.Name(result.Model)}</th>");
            foreach (var column in columns)
            {
                Cell(page, column.Value(result), column.Format(column.Value(result)));
            }

            page.Line($"</tr>");
        }

        Close(page);
        foreach (var note in ReportNotes.PartialProtocols(group))
        {
            page.Line($"<p class=\"note\">{HtmlText.Of(note)}</p>");
        }
    }

    public static void Images(ReportLines page, ReportGroup group)
    {
        page.Line($"<details><summary>Per image: PSNR, dB, and SSIM</summary>");
        Open(page, $"PSNR and SSIM per image of {group.Title}", ["Image", .. group.Results.Select(result => result.Model)]);
        foreach (var name in group.ImageNames)
        {
            var images = group.Results.Select(result => result.Images.FirstOrDefault(image => image.Name == name)).ToArray();
            var best = ReportGroup.Best(images, image => image?.Psnr);
            page.Line($"<tr><th scope=\"row\">{HtmlText.Name(name)}</th>");
            foreach (var image in images)
            {
                Cell(page, image?.Psnr, ReportText.Decibels(image?.Psnr), ReportText.Ssim(image?.Ssim), best);
            }

            page.Line($"</tr>");
        }

        Close(page);
        page.Line($"</details>");
    }

    private static void Open(ReportLines page, string label, string[] columns)
    {
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{HtmlText.Of(label)}\"><table><thead><tr>");
        for (var i = 0; i < columns.Length; i++)
        {
            page.Line($"<th scope=\"col\" data-kind=\"{(i == 0 ? "text" : "number")}\"><button type=\"button\">{HtmlText.Name(columns[i])}</button></th>");
        }

        page.Line($"</tr></thead><tbody>");
    }

    private static void Cell(ReportLines page, double? value, string text, string? beside = null, double? best = null)
    {
        var style = best is not null && value >= best ? " class=\"best\"" : "";
        var detail = beside is null or ReportText.None ? "" : $"<span class=\"ci\">{beside}</span>";
        page.Line($"<td{style} data-v=\"{ReportText.Exact(value)}\">{text}{detail}</td>");
    }

    private static void Close(ReportLines page) => page.Line($"</tbody></table></div>");
}
