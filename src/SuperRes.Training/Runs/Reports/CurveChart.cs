using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;

namespace SuperRes.Training.Runs.Reports;

/// <summary>Values over the steps of a run as SVG elements, on a field of <see cref="Width"/> x <see cref="Height"/>.</summary>
/// <param name="Title">What the values are, with their unit.</param>
/// <param name="IsLogarithmic">Whether the vertical axis is logarithmic; it needs positive values.</param>
/// <param name="Curves">The curves; their colours follow from their order.</param>
internal sealed record CurveChart(string Title, bool IsLogarithmic, IReadOnlyList<Curve> Curves)
{
    public const double Width = 460;
    public const double Height = 300;

    private const double Left = 62;
    private const double Right = 446;
    private const double Top = 34;
    private const double Bottom = 256;
    private const double LegendStep = 150;

    /// <summary>Writes the chart.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="steps">Length of the run, which the horizontal axis spans.</param>
    public void Write(ReportLines page, long steps)
    {
        var values = Curves.SelectMany(curve => curve.Points).Select(point => point.Value).Where(double.IsFinite).ToArray();
        var x = ChartAxis.Linear([0, steps], Left, Right, 5);
        var y = IsLogarithmic && values.All(value => value > 0)
            ? ChartAxis.Logarithmic(values, Bottom, Top)
            : ChartAxis.Linear(values, Bottom, Top, 5);
        ChartGrid.Rows(page, y, Left, Right);
        ChartGrid.ValuesBelow(page, x, Bottom);
        for (var i = 0; i < Curves.Count; i++)
        {
            Line(page, x, y, Curves[i], i);
            Legend(page, Curves[i].Name, i);
        }

        page.Line($"<text class=\"axis\" x=\"{(Left + Right) / 2:0.0}\" y=\"{Height - 6:0.0}\" text-anchor=\"middle\">step</text>");
    }

    private static void Line(ReportLines page, ChartAxis x, ChartAxis y, Curve curve, int index)
    {
        (long Step, double Value)[] finite = [.. curve.Points.Where(point => double.IsFinite(point.Value))];
        var points = finite.Select(point => FormattableString.Invariant($"{x.Map(point.Step):0.0},{y.Map(point.Value):0.0}"));
        page.Line($"<polyline class=\"l b{ChartMark.Color(index)}\" points=\"{string.Join(' ', points)}\"><title>{HtmlText.Of(curve.Name)}</title></polyline>");
        if (curve.HasMarks)
        {
            foreach (var (step, value) in finite)
            {
                page.Line(ChartMark.Svg(index, x.Map(step), y.Map(value), FormattableString.Invariant($"{curve.Name}, step {step}: {value:0.####}")));
            }
        }
    }

    private static void Legend(ReportLines page, string name, int index)
    {
        var left = Left + (index * LegendStep);
        page.Line($"<line class=\"l b{ChartMark.Color(index)}\" x1=\"{left:0.0}\" x2=\"{left + 18:0.0}\" y1=\"{Top - 16:0.0}\" y2=\"{Top - 16:0.0}\"/>");
        page.Line($"<text class=\"tick\" x=\"{left + 24:0.0}\" y=\"{Top - 12:0.0}\">{HtmlText.Of(name)}</text>");
    }
}
