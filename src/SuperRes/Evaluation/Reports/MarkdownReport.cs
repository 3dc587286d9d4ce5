using SuperRes.Metrics;

namespace SuperRes.Evaluation.Reports;

/// <summary>A report as GitHub-flavoured Markdown: tables, figures, and the cards of the protocols.</summary>
public static class MarkdownReport
{
    /// <summary>Writes the report; pictures are linked by the paths in <see cref="EvaluationReport.Figures"/>.</summary>
    public static string Write(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var lines = new ReportLines()
            .Line($"# Super-resolution evaluation")
            .Line()
            .Line($"Protocol `{report.Protocol.Name}` ({Text(report.Protocol.Channel)}; edges shaved: {Text(report.Protocol.Shave)}). {Summary(report)}")
            .Line();
        foreach (var group in ReportGroup.Of(report))
        {
            lines.Line($"## {Text(group.Title)}").Line();
            MarkdownTables.Means(lines, group);
            MarkdownTables.OtherProtocols(lines, group);
            MarkdownTables.Failures(lines, group);
            Figures(lines, report, group);
            MarkdownTables.Images(lines, group);
        }

        lines.Line($"## Protocols").Line();
        foreach (var card in report.OtherProtocols.Prepend(report.Protocol))
        {
            Card(lines, card);
        }

        return Environment(lines, report).ToString();
    }

    /// <summary>Escapes what Markdown would read as markup.</summary>
    internal static string Text(string text) =>
        string.Concat(text.Select(character => character switch
        {
            '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '&' or '!' => $"\\{character}",
            '\r' or '\n' => " ",
            _ => character.ToString(),
        }));

    private static string Summary(EvaluationReport report) =>
        $"In brackets: {ReportNotes.Interval(report.Bootstrap)} {ReportNotes.Time(report.Repeats)}";

    private static void Figures(ReportLines lines, EvaluationReport report, ReportGroup group)
    {
        foreach (var figure in report.Figures.Where(figure => figure.Dataset == group.Dataset && figure.Scale == group.Scale))
        {
            lines.Line($"![{Text(figure.Image)}: the original and {(group.Results.Count > 1 ? "every model, where the models differ most" : "the result, where its error is largest")}]({figure.File})").Line();
        }
    }

    private static void Card(ReportLines lines, ProtocolCard card)
    {
        lines.Line($"### `{card.Name}`").Line();
        foreach (var (name, value) in ReportNotes.Rows(card))
        {
            lines.Line($"- {name}: {Text(value)}");
        }

        foreach (var note in card.Notes)
        {
            lines.Line($"- Note: {Text(note)}");
        }

        lines.Line();
    }

    private static ReportLines Environment(ReportLines lines, EvaluationReport report)
    {
        lines.Line($"## Made with").Line();
        foreach (var (name, value) in ReportNotes.Rows(report))
        {
            lines.Line($"- {name}: {Text(value)}");
        }

        return lines;
    }
}
