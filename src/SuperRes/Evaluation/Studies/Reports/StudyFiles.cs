using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>A study's report in every form.</summary>
internal static class StudyFiles
{
    // Written out, without variables: programs that place SVG files in documents don't resolve those.
    private const string Style = """
        <style>
        text { font: 12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #1a1d21; }
        .title { font-size: 14px; font-weight: 600; } .tick, .axis { fill: #59616b; } .grid { stroke: #e4e7eb; } .zero { stroke: #59616b; }
        .l { fill: none; stroke-width: 1.8; stroke-linejoin: round; } .mark { stroke: #ffffff; } .bar { stroke-linecap: round; }
        .b0 { stroke: #1f6fd1; } .c0 { fill: #1f6fd1; } .b1 { stroke: #c2560a; } .c1 { fill: #c2560a; }
        .b2 { stroke: #14805a; } .c2 { fill: #14805a; } .b3 { stroke: #7b4fc9; } .c3 { fill: #7b4fc9; }
        .b4 { stroke: #c22a5b; } .c4 { fill: #c22a5b; } .b5 { stroke: #0b7f94; } .c5 { fill: #0b7f94; }
        .b6 { stroke: #8a5a2b; } .c6 { fill: #8a5a2b; } .b7 { stroke: #5b6470; } .c7 { fill: #5b6470; }
        </style>

        """;

    private const double TitleHeight = 26;

    /// <summary>Names and contents, the JSON last: where it is, the report is whole.</summary>
    /// <param name="report">The report.</param>
    /// <param name="picture">A picture file's bytes (PNG), by its name in the report.</param>
    public static IEnumerable<(string File, string Content)> Of(StudyReport report, Func<string, byte[]> picture)
    {
        var blocks = StudyDocument.Of(report);
        return
        [
            .. Charts(blocks),
            ("report.csv", StudyCsv.Write(report)),
            ("report.md", StudyMarkdown.Write(report.Title, blocks)),
            ("report.html", StudyHtml.Write(report.Title, blocks, picture)),
            ("report.json", report.ToJson() + "\n"),
        ];
    }

    /// <summary>Several experiments' answers in every form.</summary>
    public static IEnumerable<(string File, string Content)> Of(StudyAnswers answers)
    {
        var blocks = AnswersDocument.Of(answers);
        return
        [
            .. Charts(blocks),
            ("answers.csv", AnswersCsv.Write(answers)),
            ("answers.md", StudyMarkdown.Write(AnswersDocument.Title, blocks)),
            ("answers.html", StudyHtml.Write(AnswersDocument.Title, blocks, NoPicture)),
        ];
    }

    private static IEnumerable<(string File, string Content)> Charts(IReadOnlyList<StudyBlock> blocks) =>
        blocks.OfType<StudyBlock.Chart>().Select(chart => (chart.File, Svg(chart.Drawing)));

    private static byte[] NoPicture(string file) => throw new InvalidOperationException($"Answers show no picture, such as '{file}'.");

    private static string Svg(IStudyChart chart)
    {
        var (svg, height) = (new ReportLines(), chart.Height + TitleHeight);
        svg.Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{chart.Width:0.#}\" height=\"{height:0.#}\" viewBox=\"0 0 {chart.Width:0.#} {height:0.#}\" role=\"img\" aria-label=\"{HtmlText.Of(chart.Description)}\">");
        svg.Raw(Style).Line($"<rect width=\"{chart.Width:0.#}\" height=\"{height:0.#}\" fill=\"#ffffff\"/>");
        svg.Line($"<text class=\"title\" x=\"20\" y=\"20\">{HtmlText.Of(chart.Title)}</text><g transform=\"translate(0 {TitleHeight:0.#})\">");
        chart.Write(svg);
        return svg.Line($"</g></svg>").ToString();
    }
}
