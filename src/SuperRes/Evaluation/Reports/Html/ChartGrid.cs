namespace SuperRes.Evaluation.Reports.Html;

/// <summary>What charts have in common, as SVG: lines at the ticks of an axis, their values, and labels left of the field.</summary>
internal static class ChartGrid
{
    /// <summary>A vertical line and a value below it at every tick.</summary>
    /// <param name="svg">The chart.</param>
    /// <param name="axis">The horizontal axis.</param>
    /// <param name="top">Where the lines begin.</param>
    /// <param name="bottom">Where they end.</param>
    /// <param name="marksZero">Whether the line at zero stands out.</param>
    public static void Columns(ReportLines svg, ChartAxis axis, double top, double bottom, bool marksZero = false)
    {
        foreach (var tick in axis.Ticks)
        {
            svg.Line($"<line class=\"{Style(tick, marksZero)}\" x1=\"{axis.Map(tick):0.0}\" x2=\"{axis.Map(tick):0.0}\" y1=\"{top:0.0}\" y2=\"{bottom:0.0}\"/>");
        }

        ValuesBelow(svg, axis, bottom);
    }

    /// <summary>The values of a horizontal axis, without lines.</summary>
    public static void ValuesBelow(ReportLines svg, ChartAxis axis, double bottom)
    {
        foreach (var tick in axis.Ticks)
        {
            svg.Line($"<text class=\"tick\" x=\"{axis.Map(tick):0.0}\" y=\"{bottom + 18:0.0}\" text-anchor=\"middle\">{ReportText.Tick(tick)}</text>");
        }
    }

    /// <summary>A horizontal line and a value left of it at every tick.</summary>
    /// <inheritdoc cref="Columns"/>
    /// <param name="svg">The chart.</param>
    /// <param name="axis">The vertical axis.</param>
    /// <param name="left">Where the lines begin.</param>
    /// <param name="right">Where they end.</param>
    /// <param name="marksZero">Whether the line at zero stands out.</param>
    public static void Rows(ReportLines svg, ChartAxis axis, double left, double right, bool marksZero = false)
    {
        foreach (var tick in axis.Ticks)
        {
            svg.Line($"<line class=\"{Style(tick, marksZero)}\" x1=\"{left:0.0}\" x2=\"{right:0.0}\" y1=\"{axis.Map(tick):0.0}\" y2=\"{axis.Map(tick):0.0}\"/>");
            Label(svg, ReportText.Tick(tick), left - 8, axis.Map(tick) + 4, "tick");
        }
    }

    /// <summary>A text that ends at <paramref name="right"/>.</summary>
    public static void Label(ReportLines svg, string text, double right, double y, string? style = null)
    {
        var attribute = style is null ? "" : $" class=\"{style}\"";
        svg.Line($"<text{attribute} x=\"{right:0.0}\" y=\"{y:0.0}\" text-anchor=\"end\">{HtmlText.Of(text)}</text>");
    }

    private static string Style(double tick, bool marksZero) => marksZero && tick == 0 ? "zero" : "grid";
}
