namespace SuperRes.Evaluation.Reports.Html;

/// <summary>Mean PSNR against time per image, which shows at a glance which models no other one beats on both.</summary>
internal static class TimeChart
{
    private const double Width = 520;
    private const double Height = 340;
    private const double Left = 56;
    private const double Right = 500;
    private const double Top = 16;
    private const double Bottom = 292;
    private const double LabelHeight = 15;

    // Of the charts' 12 px letters: wide enough for most names, to place labels without measuring a font.
    private const double LetterWidth = 6.6;

    public static void Write(ReportLines page, ReportGroup group)
    {
        var points = group.Results
            .Select((result, model) => (Model: model, result.Model, result.Psnr, result.Ms))
            .Where(point => point is { Psnr: { } psnr, Ms: not null } && double.IsFinite(psnr))
            .Select(point => (point.Item1, Name: point.Item2, Psnr: point.Psnr!.Value, Ms: point.Ms!.Value))
            .ToArray();
        if (points.Length == 0)
        {
            return;
        }

        var x = ChartAxis.Logarithmic(points.Select(point => point.Ms), Left + 10, Right - 10);
        var y = ChartAxis.Linear(points.Select(point => point.Psnr), Bottom - 8, Top + 8, 6);
        page.Line($"<figure><figcaption><div class=\"chart-title\">PSNR against time</div>Mean PSNR, dB, over mean milliseconds per image (logarithmic). Up and left is better.</figcaption><div class=\"scroll\">");
        page.Line($"<svg class=\"chart\" viewBox=\"0 0 {Width:0.#} {Height:0.#}\" role=\"img\" aria-label=\"{HtmlText.Of($"Mean PSNR of {group.Title} against milliseconds per image; the table has the numbers.")}\">");
        ChartGrid.Rows(page, y, Left, Right);
        ChartGrid.Columns(page, x, Top, Bottom);
        foreach (var (model, name, psnr, ms) in points)
        {
            page.Line(ChartMark.Svg(model, x.Map(ms), y.Map(psnr), $"{name}: {ReportText.Decibels(psnr)} dB, {ReportText.Milliseconds(ms)} ms"));
        }

        Labels(page, [.. points.Select(point => (point.Name, x.Map(point.Ms), y.Map(point.Psnr)))]);
        page.Line($"<text class=\"axis\" x=\"{(Left + Right) / 2:0.0}\" y=\"{Height - 8:0.0}\" text-anchor=\"middle\">ms per image</text></svg></div></figure>");
    }

    /// <summary>Names beside their marks, on the side with room, moved down where they would lie on one another.</summary>
    private static void Labels(ReportLines page, (string Name, double X, double Y)[] points)
    {
        var placed = new List<(double Left, double Right, double Y)>();
        foreach (var (name, x, y) in points.OrderBy(point => point.Y))
        {
            var text = HtmlText.Short(name, 26);
            var width = text.Length * LetterWidth;
            var isLeft = x + 10 + width > Right;
            var left = isLeft ? x - 10 - width : x + 10;
            var labelY = y;
            foreach (var other in placed.Where(other => other.Left < left + width && left < other.Right).OrderBy(other => other.Y))
            {
                labelY = Math.Abs(labelY - other.Y) < LabelHeight ? other.Y + LabelHeight : labelY;
            }

            placed.Add((left, left + width, labelY));
            page.Line($"<text x=\"{(isLeft ? x - 10 : x + 10):0.0}\" y=\"{labelY + 4:0.0}\" text-anchor=\"{(isLeft ? "end" : "start")}\">{HtmlText.Of(text)}</text>");
        }
    }
}
