namespace SuperRes.Evaluation.Reports;

/// <summary>The tables of one data set and scale.</summary>
internal static class MarkdownTables
{
    public static void Means(ReportLines lines, ReportGroup group)
    {
        var gains = group.Baseline is { } baseline ? $" Gain over {Escape(baseline)}, dB |" : "";
        lines.Line($"| Model | PSNR, dB | SSIM |{gains} ms per image | Parameters |");
        lines.Line($"|---|---|---|{(gains.Length > 0 ? "---|" : "")}--:|--:|");
        var bestPsnr = group.BestMean(result => result.Psnr);
        var bestSsim = group.BestMean(result => result.Ssim);
        foreach (var result in group.Results)
        {
            var psnr = Bold(ReportText.Decibels(result.Psnr), result.Psnr, bestPsnr);
            var ssim = Bold(ReportText.Ssim(result.Ssim), result.Ssim, bestSsim);
            var difference = group.ComparisonOf(result)?.Psnr;
            var gain = gains.Length == 0 ? ""
                : difference is null ? $" {ReportText.None} |"
                : $" {ReportText.SignedDecibels(difference.Mean)} {ReportText.Interval(difference.Interval, ReportText.SignedDecibels)} |";
            lines.Line($"| {Escape(result.Model)} | {psnr} {ReportText.Interval(result.PsnrInterval, ReportText.Decibels)} | {ssim} {ReportText.Interval(result.SsimInterval, ReportText.Ssim)} |{gain} {ReportText.Milliseconds(result.Ms)} | {ReportText.Parameters(result.Parameters)} |");
        }

        lines.Line();
        if (ReportNotes.FewImagesWarning(group) is { } warning)
        {
            lines.Line($"{warning}").Line();
        }

        if (group.HasUnequalImages)
        {
            lines.Line($"**{ReportNotes.UnequalImages}**").Line();
        }
    }

    /// <summary>The same outputs under the other protocols, and the variants that some scripts print.</summary>
    public static void OtherProtocols(ReportLines lines, ReportGroup group)
    {
        var columns = ReportColumn.OtherProtocols(group);
        if (columns.Count == 0)
        {
            return;
        }

        lines.Line($"| Model |{string.Concat(columns.Select(column => $" {Escape(column.Title)} |"))}");
        lines.Line($"|---|{string.Concat(columns.Select(_ => "--:|"))}");
        foreach (var result in group.Results)
        {
            lines.Line($"| {Escape(result.Model)} |{string.Concat(columns.Select(column => $" {column.Format(column.Value(result))} |"))}");
        }

        lines.Line();
        foreach (var note in ReportNotes.PartialProtocols(group))
        {
            lines.Line($"{Escape(note)}").Line();
        }
    }

    public static void Failures(ReportLines lines, ReportGroup group)
    {
        foreach (var (error, who) in ReportNotes.Failures(group))
        {
            lines.Line($"- **Failed:** {Escape(who)}: {Escape(error)}");
        }

        if (group.Results.Any(result => result.Failures.Count > 0))
        {
            lines.Line();
        }
    }

    /// <summary>PSNR / SSIM per image and model, folded away.</summary>
    public static void Images(ReportLines lines, ReportGroup group)
    {
        lines.Line($"<details><summary>Per image: PSNR, dB / SSIM</summary>").Line();
        lines.Line($"| Image |{string.Concat(group.Results.Select(result => $" {Escape(result.Model)} |"))}");
        lines.Line($"|---|{string.Concat(group.Results.Select(_ => "--:|"))}");
        foreach (var name in group.ImageNames)
        {
            var images = group.Results.Select(result => result.Images.FirstOrDefault(image => image.Name == name)).ToArray();
            var best = ReportGroup.Best(images, image => image?.Psnr);
            lines.Line($"| {Escape(name)} |{string.Concat(images.Select(image => image is null
                ? $" {ReportText.None} |"
                : $" {Bold(ReportText.Decibels(image.Psnr), image.Psnr, best)} / {ReportText.Ssim(image.Ssim)} |"))}");
        }

        lines.Line().Line($"</details>").Line();
    }

    private static string Bold(string text, double? value, double? best) => best is not null && value >= best ? $"**{text}**" : text;

    private static string Escape(string text) => MarkdownReport.Text(text);
}
