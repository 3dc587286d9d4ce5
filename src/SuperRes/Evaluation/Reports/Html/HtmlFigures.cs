using SuperRes.Evaluation.Figures;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Evaluation.Reports.Html;

/// <summary>Side-by-side crops as part of the page, their pixels embedded.</summary>
internal sealed class HtmlFigures(Func<ImageBuffer, byte[]> encodePng)
{
    // The page shows it about 400 points wide; a larger one would only make the file larger.
    private const int OverviewSide = 480;

    public void Write(ReportLines page, ComparisonFigure figure)
    {
        var reference = figure.Reference;
        page.Line($"<div class=\"comparison\"><figure>");
        Overview(page, figure);
        page.Line($"<figcaption>{HtmlText.Name(reference.Image)}, {figure.ImageWidth} × {figure.ImageHeight}: the box, {reference.Region.Width} × {reference.Region.Height} pixels at ({reference.Region.X}, {reference.Region.Y}), is where {(figure.Panels.Count > 1 ? "the models differ most" : "its error is largest")}. PSNR and SSIM are of the whole image ({HtmlText.Of(figure.Protocol)}).</figcaption></figure>");
        page.Line($"<div class=\"crops\">");
        Crop(page, " class=\"original\"", figure.Original, "Original", "PSNR, dB / SSIM", $"original of {reference.Image}");
        Crop(page, "", figure.LowResolution, "Low resolution", $"{ReportText.Times(reference.Scale)} smaller", $"low-resolution {reference.Image}");
        var best = ReportGroup.Best(figure.Panels, panel => panel.Psnr);
        foreach (var panel in figure.Panels)
        {
            var style = best is not null && panel.Psnr >= best ? " class=\"winner\"" : "";
            Crop(page, style, panel.Crop, panel.Model, $"{ReportText.Decibels(panel.Psnr)} / {ReportText.Ssim(panel.Ssim)}", $"{reference.Image} by {panel.Model}");
        }

        page.Line($"</div></div>");
    }

    private void Overview(ReportLines page, ComparisonFigure figure)
    {
        var (width, height, region) = (figure.ImageWidth, figure.ImageHeight, figure.Reference.Region);
        var stroke = Math.Max(width, height) / 130.0;
        page.Line($"<svg class=\"overview\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{HtmlText.Of($"{figure.Reference.Image}, with a box around the part shown enlarged")}\">");
        page.Line($"<image width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" href=\"{DataUri(Shrink(figure.Overview))}\"/>");
        page.Line($"<rect class=\"halo\" x=\"{region.X}\" y=\"{region.Y}\" width=\"{region.Width}\" height=\"{region.Height}\" stroke-width=\"{stroke * 2:0.#}\"/>");
        page.Line($"<rect class=\"box\" x=\"{region.X}\" y=\"{region.Y}\" width=\"{region.Width}\" height=\"{region.Height}\" stroke-width=\"{stroke:0.#}\"/></svg>");
    }

    private void Crop(ReportLines page, string style, ImageBuffer picture, string title, string caption, string description) =>
        page.Line($"<figure{style}><img width=\"{picture.Width}\" height=\"{picture.Height}\" alt=\"{HtmlText.Of(description)}\" src=\"{DataUri(picture)}\"><figcaption><b>{HtmlText.Name(title)}</b>{HtmlText.Of(caption)}</figcaption></figure>");

    private string DataUri(ImageBuffer picture) => $"data:image/png;base64,{Convert.ToBase64String(encodePng(picture))}";

    private static ImageBuffer Shrink(ImageBuffer overview)
    {
        var factor = (double)OverviewSide / Math.Max(overview.Width, overview.Height);
        return factor >= 1
            ? overview
            : MatlabResize.ToSize(overview, Math.Max(1, (int)Math.Round(overview.Width * factor)), Math.Max(1, (int)Math.Round(overview.Height * factor)));
    }
}
