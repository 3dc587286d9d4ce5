using SuperRes.Evaluation.Figures;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>A picture beside the same picture under each attention module's map.</summary>
internal static class AttentionFigure
{
    private const int PanelWidth = 300;
    private const int Gap = 14;
    private const int Margin = 20;
    private const int CaptionHeight = 52;
    private const int MostModules = 7;

    private static readonly RgbColor Paper = new(255, 255, 255);
    private static readonly RgbColor Ink = new(24, 27, 31);
    private static readonly RgbColor QuietInk = new(84, 91, 100);

    /// <summary>Paints the figure; with many modules, some from the first to the last.</summary>
    /// <param name="picture">What the network was given: 8-bit RGB.</param>
    /// <param name="layers">What its modules did; those without a spatial gate are left out.</param>
    /// <returns>Null where no module gates positions.</returns>
    public static ImageBuffer? Paint(ImageBuffer picture, IReadOnlyList<AttentionLayer> layers)
    {
        AttentionLayer[] spatial = [.. layers.Where(layer => layer.Spatial is not null)];
        if (spatial.Length == 0)
        {
            return null;
        }

        var shown = spatial.Length <= MostModules ? spatial : [.. Enumerable.Range(0, MostModules).Select(i => spatial[i * (spatial.Length - 1) / (MostModules - 1)])];
        var columns = Math.Min(4, shown.Length + 1);
        var rows = (shown.Length + columns) / columns;
        var height = PanelWidth * picture.Height / picture.Width;
        var canvas = new Canvas((2 * Margin) + (columns * (PanelWidth + Gap)) - Gap, (2 * Margin) + (rows * (height + CaptionHeight)), Paper);
        Panel(canvas, picture, 0, columns, height, "Low resolution", FormattableString.Invariant($"{picture.Width} x {picture.Height}"));
        for (var i = 0; i < shown.Length; i++)
        {
            var (low, high) = AttentionOverlay.Range(shown[i].Spatial!);
            Panel(
                canvas, AttentionOverlay.Paint(picture, shown[i].Spatial!), i + 1, columns, height,
                FormattableString.Invariant($"{shown[i].Number} of {layers.Count}: {shown[i].Name}"), FormattableString.Invariant($"{low:0.000} dark to {high:0.000} bright"));
        }

        return canvas.Image;
    }

    private static void Panel(Canvas canvas, ImageBuffer picture, int index, int columns, int height, string name, string range)
    {
        var (x, y) = (Margin + (index % columns * (PanelWidth + Gap)), Margin + (index / columns * (height + CaptionHeight)));
        canvas.Draw(picture, x, y, PanelWidth, height);
        canvas.Text(name, x + (PanelWidth / 2.0), y + height + 19, 12, PanelWidth, isBold: true, Ink);
        canvas.Text(range, x + (PanelWidth / 2.0), y + height + 38, 11, PanelWidth, isBold: false, QuietInk);
    }
}
