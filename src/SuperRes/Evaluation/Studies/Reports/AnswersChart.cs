using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>Several experiments' answers at a glance (a forest plot): question by question, each network's difference with its two intervals and in digits.</summary>
internal sealed class AnswersChart(StudyAnswers answers) : IStudyChart
{
    private const double Left = 244;
    private const double Right = 560;
    private const double Digits = 736;
    private const double SeedCount = 786;
    private const double RowHeight = 22;
    private const double HeadingHeight = 34;
    private const double Top = 24;

    // dB. Less can't be seen, and a hundredth and a whole dB stand on one axis.
    private const double Linear = 0.02;

    // Fits left of the rows at 7 px a letter, which a wide font such as DejaVu Sans takes.
    private const int LongestLabel = 32;

    public string Title => $"Differences, PSNR in dB on {answers.Dataset} by protocol {answers.Protocol}";

    public string Caption => $"Mean over the seeds. The thick line is the {ReportText.Percent(answers.Level)} interval over seeds, the thin one with upright ends over seeds and images, whose degrees of freedom are estimated, so that it can be the shorter one. Right of zero the first-named is better. The axis is logarithmic away from zero. With fewer than five seeds nothing is called significant.";

    public string Description => $"{Title}: {string.Join("; ", answers.All.Select(answer => $"{Label(answer)}, {answer.Asked}: {StudyText.Difference(answer.Difference, StudyText.Format(answer.Difference))}"))}.";

    public double Width => SeedCount + 20;

    public double Height => Bottom + 40;

    private double Bottom => Top + (answers.Questions.Count() * HeadingHeight) + (answers.All.Count * RowHeight) + 6;

    public void Write(ReportLines svg)
    {
        var axis = ChartAxis.SignedLogarithmic(answers.All.SelectMany(answer => DifferenceChart.Ends(answer.Difference)).Append(0), Linear, Left, Right);
        ChartGrid.Columns(svg, axis, Top, Bottom, marksZero: true);
        ChartGrid.Label(svg, "dB", Digits, Top - 6, "tick");
        ChartGrid.Label(svg, "seeds", SeedCount, Top - 6, "tick");
        var (y, color) = (Top, 0);
        foreach (var question in answers.Questions)
        {
            svg.Line($"<text class=\"title\" x=\"20\" y=\"{y + 20:0.0}\">{HtmlText.Of(question.Key)}</text>");
            y += HeadingHeight;
            foreach (var answer in question)
            {
                Row(svg, axis, answer, y + (RowHeight / 2), color);
                y += RowHeight;
            }

            color++;
        }
    }

    private static void Row(ReportLines svg, ChartAxis axis, StudyAnswer answer, double y, int color)
    {
        ChartGrid.Label(svg, HtmlText.Short(Label(answer), LongestLabel), Left - 14, y + 4);
        DifferenceChart.Mark(svg, axis, answer.Difference, y, color, answer.Question.Sentence);
        ChartGrid.Label(svg, StudyText.Difference(answer.Difference, StudyText.Format(answer.Difference)), Digits, y + 4);
        ChartGrid.Label(svg, ReportText.Count(answer.Difference.Seeds.Seeds), SeedCount, y + 4);
    }

    private static string Label(StudyAnswer answer) => $"{answer.Question.Network}, {ReportText.Count(answer.Steps)} steps";
}
