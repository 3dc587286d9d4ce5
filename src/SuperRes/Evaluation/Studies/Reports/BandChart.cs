using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;
using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>
/// Validation over the steps, one line per variant with a band over its seeds: figure 5 of Deviyani and Singh 2022, with
/// the noise that one run can't show.
/// </summary>
internal sealed class BandChart : IStudyChart
{
    private const double Left = 62;
    private const double Right = 600;
    private const double Top = 16;
    private const double Bottom = 300;
    private const double LegendHeight = 20;

    private readonly IReadOnlyList<(string Variant, IReadOnlyList<(long Step, double Mean, double Low, double High)> Points)> _lines;

    /// <param name="network">The network.</param>
    /// <param name="cells">Its finished runs.</param>
    /// <param name="measure">What is drawn: "PSNR, dB" or "SSIM".</param>
    /// <param name="value">Reads it.</param>
    public BandChart(string network, IReadOnlyList<StudyCell> cells, string measure, Func<CurvePoint, double> value)
    {
        Title = $"{network}: validation {measure}";
        _lines = [.. cells.GroupBy(cell => cell.Variant).Select(variant => (variant.Key, Points([.. variant], value)))];
        var ends = _lines.Where(line => line.Points.Count > 0).Select(line => FormattableString.Invariant($"{line.Variant} ends at {line.Points[^1].Mean:0.####}"));
        Description = $"{Title} over the steps. {string.Join("; ", ends)}.";
    }

    public string Title { get; }

    public string Caption => "Mean over the seeds of the averaged weights, and a band from the lowest to the highest seed. Early values below the axis are left out.";

    public string Description { get; }

    public double Width => Right + 16;

    public double Height => Bottom + 44 + (_lines.Count * LegendHeight);

    public void Write(ReportLines svg)
    {
        var points = _lines.SelectMany(line => line.Points).ToArray();
        if (points.Length == 0)
        {
            return;
        }

        var x = ChartAxis.Linear([0, points.Max(point => point.Step)], Left, Right, 5);
        var y = ChartAxis.Linear(Shown(), Bottom, Top, 6);
        ChartGrid.Rows(svg, y, Left, Right);
        ChartGrid.ValuesBelow(svg, x, Bottom);
        svg.Line($"<text class=\"axis\" x=\"{(Left + Right) / 2:0.0}\" y=\"{Bottom + 36:0.0}\" text-anchor=\"middle\">step</text>");

        // An inner drawing is cut off at its edges, where lines and bands come from what the axis leaves out.
        var plot = FormattableString.Invariant($"{Left:0} {Top:0} {Right - Left:0} {Bottom - Top:0}");
        svg.Line($"<svg x=\"{Left:0}\" y=\"{Top:0}\" width=\"{Right - Left:0}\" height=\"{Bottom - Top:0}\" viewBox=\"{plot}\">");
        for (var i = 0; i < _lines.Count; i++)
        {
            Band(svg, x, y, i);
        }

        for (var i = 0; i < _lines.Count; i++)
        {
            Line(svg, x, y, i);
        }

        svg.Line($"</svg>");
        for (var i = 0; i < _lines.Count; i++)
        {
            Marks(svg, x, y, i);
        }
    }

    /// <summary>
    /// The first fifth of a run may lie far below the rest, and the axis leaves out what would press the rest together. Where a
    /// line falls from near the rest, that is no beginning any more, and it is shown.
    /// </summary>
    private IEnumerable<double> Shown()
    {
        var points = _lines.SelectMany(line => line.Points).ToArray();
        var first = points.Max(point => point.Step) * 0.2;
        var late = points.Where(point => point.Step >= first).ToArray();
        var low = late.Min(point => point.Low);
        var near = low - (late.Max(point => point.High) - low);
        var falls = _lines.SelectMany(line => line.Points.Where((point, i) => point.Step < first && line.Points.Take(i).Any(before => before.Mean >= near && before.Mean > point.Mean)));
        return late.Concat(falls).SelectMany(point => (double[])[point.Low, point.High]);
    }

    private static IReadOnlyList<(long Step, double Mean, double Low, double High)> Points(StudyCell[] cells, Func<CurvePoint, double> value) =>
    [
        .. cells.SelectMany(cell => cell.Curve).GroupBy(point => point.Step).OrderBy(step => step.Key).Select(step =>
        {
            double[] values = [.. step.Select(value)];
            return (step.Key, Sample.Mean(values), values.Min(), values.Max());
        }),
    ];

    private void Band(ReportLines svg, ChartAxis x, ChartAxis y, int index)
    {
        var points = _lines[index].Points;
        var outline = points.Select(point => (point.Step, point.High)).Concat(points.Reverse().Select(point => (point.Step, point.Low)));
        svg.Line($"<polygon class=\"c{ChartMark.Color(index)}\" fill-opacity=\"0.16\" points=\"{string.Join(' ', outline.Select(point => FormattableString.Invariant($"{x.Map(point.Step):0.0},{y.MapBeyond(point.Item2):0.0}")))}\"/>");
    }

    private void Line(ReportLines svg, ChartAxis x, ChartAxis y, int index)
    {
        var (variant, points) = _lines[index];
        svg.Line($"<polyline class=\"l b{ChartMark.Color(index)}\" points=\"{string.Join(' ', points.Select(point => FormattableString.Invariant($"{x.Map(point.Step):0.0},{y.MapBeyond(point.Mean):0.0}")))}\"><title>{HtmlText.Of(variant)}</title></polyline>");
    }

    private void Marks(ReportLines svg, ChartAxis x, ChartAxis y, int index)
    {
        var (variant, points) = _lines[index];
        foreach (var point in points.Where(point => y.Contains(point.Mean)))
        {
            svg.Line(ChartMark.Svg(index, x.Map(point.Step), y.Map(point.Mean), FormattableString.Invariant($"{variant}, step {point.Step:N0}: {point.Mean:0.####} ({point.Low:0.####} to {point.High:0.####})")));
        }

        var top = Bottom + 56 + (index * LegendHeight);
        svg.Line(ChartMark.Svg(index, Left + 6, top - 4, ""));
        svg.Line($"<text x=\"{Left + 20:0.0}\" y=\"{top:0.0}\">{HtmlText.Of(variant)}</text>");
    }
}
