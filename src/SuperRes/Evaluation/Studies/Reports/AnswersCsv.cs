using System.Globalization;
using SuperRes.Evaluation.Reports;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>Several experiments' answers as comma-separated values (RFC 4180), one line per answer.</summary>
internal static class AnswersCsv
{
    public static string Write(StudyAnswers answers)
    {
        var lines = new ReportLines().Raw("report,dataset,protocol,level,network,variant,against,steps,seeds,difference,low,high,seed noise,images low,images high,p,images p\n");
        foreach (var answer in answers.All)
        {
            var (seeds, crossed) = (answer.Difference.Seeds, answer.Difference.Crossed);
            StudyCsv.Row(lines,
            [
                answer.Source, answers.Dataset, answers.Protocol, ReportText.Exact(answers.Level), answer.Question.Network, answer.Question.Variant, answer.Question.Against,
                answer.Steps.ToString(CultureInfo.InvariantCulture), seeds.Seeds.ToString(CultureInfo.InvariantCulture), ReportText.Exact(seeds.Mean),
                ReportText.Exact(seeds.Interval?.Low), ReportText.Exact(seeds.Interval?.High), ReportText.Exact(seeds.SeedNoise),
                ReportText.Exact(crossed?.Interval.Low), ReportText.Exact(crossed?.Interval.High), ReportText.Exact(answer.Question.AdjustedP),
                ReportText.Exact(answer.Question.AdjustedCrossedP),
            ]);
        }

        return lines.ToString();
    }
}
