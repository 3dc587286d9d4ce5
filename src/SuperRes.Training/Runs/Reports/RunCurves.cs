using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;

namespace SuperRes.Training.Runs.Reports;

/// <summary>Loss, PSNR and SSIM over the steps, as in figure 5 of Deviyani and Singh 2022.</summary>
internal static class RunCurves
{
    private const double TitleHeight = 26;

    // Written out, without variables: programs that place SVG files in documents don't resolve those.
    private const string Style = """
        <style>
        text { font: 12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #1a1d21; }
        .title { font-size: 14px; font-weight: 600; } .tick, .axis { fill: #59616b; }
        .grid { stroke: #e4e7eb; } .l { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
        .b0 { stroke: #1f6fd1; } .c0 { fill: #1f6fd1; } .b1 { stroke: #c2560a; } .c1 { fill: #c2560a; }
        </style>

        """;

    /// <summary>The charts that there are values for.</summary>
    public static IReadOnlyList<CurveChart> Of(RunFolder run)
    {
        var (metrics, validations, measure) = (run.Metrics, run.Validations, run.Recipe.Validation.Measure);
        var charts = new List<CurveChart>();
        if (metrics.Count > 0)
        {
            charts.Add(new CurveChart("Training loss", true, [new Curve("mean over the steps since the last record", false, [.. metrics.Select(record => (record.Step, record.Loss))])]));
        }

        if (validations.Count > 0)
        {
            charts.Add(new CurveChart($"Validation PSNR, dB ({measure})", false, Both(validations, validation => validation.Psnr, validation => validation.RawPsnr)));
            charts.Add(new CurveChart($"Validation SSIM ({measure})", false, Both(validations, validation => validation.Ssim, validation => validation.RawSsim)));
        }

        return charts;
    }

    /// <summary>The charts side by side as a file of their own.</summary>
    public static string Svg(IReadOnlyList<CurveChart> charts, long steps)
    {
        var svg = new ReportLines();
        var (width, height) = (charts.Count * CurveChart.Width, CurveChart.Height + TitleHeight);
        svg.Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0.#}\" height=\"{height:0.#}\" viewBox=\"0 0 {width:0.#} {height:0.#}\">");
        svg.Raw(Style).Line($"<rect width=\"{width:0.#}\" height=\"{height:0.#}\" fill=\"#ffffff\"/>");
        for (var i = 0; i < charts.Count; i++)
        {
            svg.Line($"<g transform=\"translate({i * CurveChart.Width:0.#} {TitleHeight:0.#})\"><text class=\"title\" x=\"20\" y=\"-4\">{HtmlText.Of(charts[i].Title)}</text>");
            charts[i].Write(svg, steps);
            svg.Line($"</g>");
        }

        return svg.Line($"</svg>").ToString();
    }

    private static Curve[] Both(IReadOnlyList<ValidationMetrics> validations, Func<ValidationMetrics, double> average, Func<ValidationMetrics, double> raw) =>
    [
        new("averaged weights", true, [.. validations.Select(validation => (validation.Step, average(validation)))]),
        new("weights as they are", true, [.. validations.Select(validation => (validation.Step, raw(validation)))]),
    ];
}
