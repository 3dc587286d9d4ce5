using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Reports;

namespace SuperRes.Cli.Commands.Evaluate;

/// <summary>An evaluation's means as text: one table for each data set and scale.</summary>
internal static class EvaluationTables
{
    public static void Write(EvaluationReport report, TextWriter output)
    {
        var isFirst = true;
        foreach (var group in ReportGroup.Of(report))
        {
            if (!isFirst)
            {
                output.WriteLine();
            }

            isFirst = false;
            output.WriteLine($"{group.Title}, {ImageCount(group.Results)}, protocol {report.Protocol.Name}");
            Write(group.Results, report, output);
            if (group.HasUnequalImages)
            {
                output.WriteLine(ReportNotes.UnequalImages);
            }
        }
    }

    private static void Write(IReadOnlyList<EvaluationResult> results, EvaluationReport report, TextWriter output)
    {
        var table = new TextTable(
            ["model", ">PSNR dB", $"{ReportText.Percent(report.Bootstrap.Level)} interval", ">SSIM", ">ms/image", ">parameters",
            .. report.OtherProtocols.SelectMany(card => (string[])[$">PSNR {card.Name}", $">SSIM {card.Name}"])]);
        foreach (var result in results)
        {
            table.Add(
                [result.Model, ReportText.Decibels(result.Psnr), ReportText.Interval(result.PsnrInterval, ReportText.Decibels), ReportText.Ssim(result.Ssim),
                ReportText.Milliseconds(result.Ms), ReportText.Parameters(result.Parameters),
                .. report.OtherProtocols.SelectMany(card => Scores(result, card.Name))]);
        }

        table.WriteTo(output);
    }

    private static string[] Scores(EvaluationResult result, string protocol)
    {
        var score = result.Others.FirstOrDefault(other => other.Protocol == protocol);
        return [ReportText.Decibels(score?.Psnr), ReportText.Ssim(score?.Ssim)];
    }

    private static string ImageCount(IEnumerable<EvaluationResult> results)
    {
        var counts = results.Select(result => result.Images.Count).Distinct().Order().ToList();
        return counts is [1] ? "1 image" : counts is [var all] ? $"{all} images" : $"{counts[0]} to {counts[^1]} images";
    }
}
