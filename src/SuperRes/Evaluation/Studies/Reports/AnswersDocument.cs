using SuperRes.Evaluation.Reports;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>Several experiments' answers as a list of pieces, from which Markdown and HTML are written.</summary>
internal static class AnswersDocument
{
    public const string Title = "Answers of several experiments";

    public static IReadOnlyList<StudyBlock> Of(StudyAnswers answers) =>
    [
        new StudyBlock.Paragraph($"PSNR in dB on {answers.Dataset} by protocol {answers.Protocol}, intervals of {ReportText.Percent(answers.Level)}. p is corrected after Holm over the questions of its own experiment, not over all that stands here: the more of them one looks at, the more miss zero by chance. What frozen gates cost is no question of an experiment and has no p."),
        new StudyBlock.Chart("answers.svg", new AnswersChart(answers)),
        .. answers.Questions.SelectMany(Question),
    ];

    private static IEnumerable<StudyBlock> Question(IGrouping<string, StudyAnswer> question)
    {
        yield return new StudyBlock.Heading(question.Key);
        yield return new StudyBlock.Table(
            "The last columns before the report: how far the weights of the first-named's gates differ, a channel's from image to image and a module's spatial weights from pixel to pixel, as a share of their mean.",
            ["Network", "Steps", "Difference", "Over seeds", "Over seeds and images", "Seeds", "p, seeds", "p, seeds and images", "Channel weights", "Spatial weights", "Report"],
            [.. question.Select(Row)]);
    }

    private static IReadOnlyList<string> Row(StudyAnswer answer) => Row(answer, StudyText.Format(answer.Difference));

    private static IReadOnlyList<string> Row(StudyAnswer answer, string format) =>
    [
        answer.Question.Network,
        ReportText.Count(answer.Steps),
        StudyText.Signed(answer.Difference.Seeds.Mean, format),
        StudyText.Interval(answer.Difference.Seeds.Interval, format),
        StudyText.Interval(answer.Difference.Crossed?.Interval, format),
        ReportText.Count(answer.Difference.Seeds.Seeds),
        StudyText.P(answer.Question.AdjustedP),
        StudyText.P(answer.Question.AdjustedCrossedP),
        StudyText.Variation([.. answer.Cells.Select(cell => cell.ChannelGates)], answer.Report.Level),
        StudyText.Variation([.. answer.Cells.Select(cell => cell.SpatialGates)], answer.Report.Level),
        answer.Source,
    ];
}
