using SuperRes.Evaluation.Reports;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>A study's report as GitHub-flavoured Markdown.</summary>
internal static class StudyMarkdown
{
    public static string Write(string title, IReadOnlyList<StudyBlock> blocks)
    {
        var lines = new ReportLines().Line($"# {Text(title)}").Line();
        foreach (var block in blocks)
        {
            Write(lines, block);
        }

        return lines.ToString().TrimEnd('\n') + "\n";
    }

    private static void Write(ReportLines lines, StudyBlock block)
    {
        switch (block)
        {
            case StudyBlock.Heading heading:
                lines.Line($"{new string('#', heading.Level)} {Text(heading.Text)}").Line();
                break;
            case StudyBlock.Paragraph paragraph:
                lines.Line($"{Text(paragraph.Text)}").Line();
                break;
            case StudyBlock.Bullets bullets:
                foreach (var item in bullets.Items)
                {
                    lines.Line($"- {Text(item)}");
                }

                lines.Line();
                break;
            case StudyBlock.Table table:
                lines.Line($"{Text(table.Caption)}").Line();
                lines.Line($"| {string.Join(" | ", table.Headers.Select(Text))} |");
                lines.Line($"|---|{string.Concat(table.Headers.Skip(1).Select(_ => "--:|"))}");
                foreach (var row in table.Rows)
                {
                    lines.Line($"| {string.Join(" | ", row.Select(Text))} |");
                }

                lines.Line();
                break;
            case StudyBlock.Chart chart:
                lines.Line($"![{Text(chart.Drawing.Title)}]({chart.File})").Line().Line($"{Text(chart.Drawing.Caption)}").Line();
                break;
            case StudyBlock.Picture picture:
                lines.Line($"![{Text(picture.Shown.Caption)}]({picture.Shown.File})").Line().Line($"{Text(picture.Shown.Caption)}").Line();
                break;
        }
    }

    private static string Text(string text) => MarkdownReport.Text(text);
}
