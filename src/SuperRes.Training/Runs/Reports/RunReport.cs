using System.Text;
using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;
using SuperRes.ModelFiles;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Runs.Reports;

/// <summary>A run to look at: <c>curves.svg</c>, and <c>report.html</c>, one page that needs nothing else.</summary>
internal static class RunReport
{
    /// <summary>Writes both files from what the folder holds, over those that are there.</summary>
    /// <exception cref="ModelFileException">A file can't be written.</exception>
    public static void Write(RunFolder run)
    {
        var charts = RunCurves.Of(run);
        if (charts.Count == 0)
        {
            return;
        }

        Save(Path.Combine(run.Root, "curves.svg"), RunCurves.Svg(charts, run.Recipe.Steps));
        Save(Path.Combine(run.Root, "report.html"), Page(run, charts));
    }

    private static string Page(RunFolder run, IReadOnlyList<CurveChart> charts)
    {
        var (page, recipe) = (new ReportLines(), run.Recipe);
        page.Line($"<!doctype html>");
        page.Line($"<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{HtmlAsset.Policy}\">");
        page.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Line($"<title>{HtmlText.Of($"Training run: {recipe.Name}")}</title>");
        page.Raw("<style>").Raw(HtmlAsset.Style).Raw("</style></head><body>\n");
        page.Line($"<main><header><h1>{HtmlText.Name(recipe.Name)}</h1>");
        page.Line($"<p class=\"quiet\">Training run · <code>{HtmlText.Of(recipe.Network.ToJson())}</code></p></header>");
        Numbers(page, run);
        page.Line($"<h2>Curves</h2><div class=\"charts\">");
        foreach (var chart in charts)
        {
            page.Line($"<figure><figcaption><div class=\"chart-title\">{HtmlText.Of(chart.Title)}</div></figcaption><div class=\"scroll\">");
            page.Line($"<svg class=\"chart\" viewBox=\"0 0 {CurveChart.Width:0.#} {CurveChart.Height:0.#}\" role=\"img\" aria-label=\"{HtmlText.Of($"{chart.Title} over the steps")}\">");
            chart.Write(page, recipe.Steps);
            page.Line($"</svg></div></figure>");
        }

        page.Line($"</div>");
        SampleStrips.Write(page, run);
        page.Line($"<h2>Recipe</h2><dl class=\"options\">");
        foreach (var (key, value) in RecipeEntries.Of(recipe))
        {
            Row(page, key, value);
        }

        return page.Line($"</dl></main></body></html>").ToString();
    }

    private static void Numbers(ReportLines page, RunFolder run)
    {
        var summary = RunSummary.Of(run);
        page.Line($"<dl>");
        Row(page, "Steps", FormattableString.Invariant($"{summary.Step:N0} of {summary.Steps:N0}"));
        if (summary is { Last: { } last, Best: { } best })
        {
            Row(page, "Last measured", FormattableString.Invariant($"{last.Psnr:F3} dB, SSIM {last.Ssim:F4}, at step {last.Step:N0}"));
            Row(page, "Best", FormattableString.Invariant($"{best.Psnr:F3} dB, SSIM {best.Ssim:F4}, at step {best.Step:N0}"));
            Row(page, "Measured on", $"{run.Recipe.Validation.Path}, track {run.Recipe.Validation.Track}, protocol {run.Recipe.Validation.Protocol}");
        }

        if (summary is { SamplesPerSecond: { } speed, PeakMegabytes: { } peak })
        {
            Row(page, "Speed", FormattableString.Invariant($"{speed:F0} patches/s, at most {peak:F0} MB"));
        }

        Row(page, "Trained on", $"{run.Manifest.Images.Count} images, SHA-256 {run.Manifest.DataHash}");
        Row(page, "Made with", $"SuperRes {run.Manifest.CodeVersion}, {run.Manifest.Machine}");
        page.Line($"</dl>");
    }

    private static void Row(ReportLines page, string name, string value) =>
        page.Line($"<dt>{HtmlText.Of(name)}</dt><dd>{HtmlText.Of(value)}</dd>");

    private static void Save(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
