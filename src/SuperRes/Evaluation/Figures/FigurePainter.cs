using SuperRes.Evaluation.Reports;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Evaluation.Figures;

/// <summary>
/// Paints a comparison as one picture, laid out as in the literature (and as Figure 6 of Deviyani and Singh 2022): the whole original with
/// a box around the region on the left; on the right the region enlarged, from the original and every model (and, with an
/// even number of models, the low-resolution image), with PSNR and SSIM of the whole image underneath, the best in bold.
/// </summary>
public static class FigurePainter
{
    private const int PanelSide = 288;
    private const int Gap = 14;
    private const int CaptionHeight = 64;
    private const int Margin = 20;
    private const int FrameThickness = 4;

    // Of the overview's column: a narrow image's name has to be read too.
    private const int FewestForCaptions = PanelSide / 2;

    private const double NameHeight = 17;
    private const double ScoreHeight = 14;
    private const int HairlineThickness = 1;

    private static readonly RgbColor Paper = new(255, 255, 255);
    private static readonly RgbColor Ink = new(24, 27, 31);
    private static readonly RgbColor QuietInk = new(84, 91, 100);
    private static readonly RgbColor Hairline = new(206, 210, 215);
    private static readonly RgbColor Accent = new(230, 57, 70);

    /// <summary>Paints the figure.</summary>
    /// <returns>A new 8-bit RGB picture; about 700 pixels high, and as wide as the number of models asks for.</returns>
    public static ImageBuffer Paint(ComparisonFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var cells = Cells(figure);
        var rows = cells.Count > 10 ? 3 : 2;
        var columns = (cells.Count + rows - 1) / rows;
        var blockHeight = (rows * (PanelSide + CaptionHeight)) + ((rows - 1) * Gap);
        var (overviewWidth, overviewHeight) = OverviewSize(figure, blockHeight - CaptionHeight);
        var overviewColumn = Math.Max(overviewWidth, FewestForCaptions);
        var gridLeft = Margin + overviewColumn + (2 * Gap);
        var canvas = new Canvas(gridLeft + (columns * (PanelSide + Gap)) - Gap + Margin, blockHeight + (2 * Margin), Paper);

        PaintOverview(canvas, figure, overviewWidth, overviewHeight, overviewColumn, Margin + ((blockHeight - CaptionHeight - overviewHeight) / 2));
        for (var i = 0; i < cells.Count; i++)
        {
            var (row, column) = (i / columns, i % columns);
            PaintCell(canvas, cells[i], gridLeft + (column * (PanelSide + Gap)), Margin + (row * (PanelSide + CaptionHeight + Gap)));
        }

        return canvas.Image;
    }

    private static List<Cell> Cells(ComparisonFigure figure)
    {
        var best = ReportGroup.Best(figure.Panels, panel => panel.Psnr);
        var models = figure.Panels.Select(panel => new Cell(
            panel.Model,
            $"{ReportText.Decibels(panel.Psnr)} dB / {ReportText.Ssim(panel.Ssim)}",
            panel.Crop,
            best is not null && panel.Psnr >= best,
            IsOriginal: false));
        var original = new Cell("Original", $"PSNR / SSIM ({figure.Protocol})", figure.Original, IsBest: false, IsOriginal: true);
        var low = new Cell("Low resolution", $"{ReportText.Times(figure.Reference.Scale)} smaller", figure.LowResolution, IsBest: false, IsOriginal: false);

        // The low-resolution pixels are shown where they fill the last place of two rows.
        return figure.Panels.Count % 2 == 0 ? [original, low, .. models] : [original, .. models];
    }

    /// <summary>As high as the panels where the image is upright enough; never wider than 4 : 3 of that.</summary>
    private static (int Width, int Height) OverviewSize(ComparisonFigure figure, int height)
    {
        var factor = Math.Min((double)height / figure.ImageHeight, height * 4.0 / 3 / figure.ImageWidth);
        return (Math.Max(1, (int)Math.Round(figure.ImageWidth * factor)), Math.Max(1, (int)Math.Round(figure.ImageHeight * factor)));
    }

    private static void PaintOverview(Canvas canvas, ComparisonFigure figure, int width, int height, int column, int top)
    {
        var left = Margin + ((column - width) / 2);
        var picture = MatlabResize.ToSize(figure.Overview, width, height);
        canvas.Draw(picture, left, top, width, height);
        canvas.Frame(left, top, width, height, HairlineThickness, Hairline);
        var region = figure.Reference.Region;
        var (scaleX, scaleY) = ((double)width / figure.ImageWidth, (double)height / figure.ImageHeight);
        canvas.Frame(
            left + (int)Math.Round(region.X * scaleX),
            top + (int)Math.Round(region.Y * scaleY),
            (int)Math.Round(region.Width * scaleX),
            (int)Math.Round(region.Height * scaleY),
            FrameThickness,
            Accent);
        var center = Margin + (column / 2.0);
        canvas.Text(figure.Reference.Image, center, top + height + 29, NameHeight, column, isBold: false, Ink);
        canvas.Text($"{figure.Reference.Dataset}, {ReportText.Times(figure.Reference.Scale)}{(figure.Reference.Track is { } track ? $", {track}" : "")}", center, top + height + 54, ScoreHeight, column, isBold: false, QuietInk);
    }

    private static void PaintCell(Canvas canvas, Cell cell, int x, int y)
    {
        canvas.Draw(cell.Picture, x, y, PanelSide, PanelSide);
        canvas.Frame(x, y, PanelSide, PanelSide, HairlineThickness, Hairline);
        if (cell.IsOriginal)
        {
            // Inside the panel, in the box's colour: this is what the box on the left shows.
            canvas.Frame(x + FrameThickness, y + FrameThickness, PanelSide - (2 * FrameThickness), PanelSide - (2 * FrameThickness), FrameThickness, Accent);
        }

        var center = x + (PanelSide / 2.0);
        canvas.Text(cell.Name, center, y + PanelSide + 29, NameHeight, PanelSide, cell.IsBest, Ink);
        canvas.Text(cell.Caption, center, y + PanelSide + 54, ScoreHeight, PanelSide, cell.IsBest, cell.IsBest ? Ink : QuietInk);
    }

    private sealed record Cell(string Name, string Caption, ImageBuffer Picture, bool IsBest, bool IsOriginal);
}
