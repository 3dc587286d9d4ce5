using System.Globalization;
using SuperRes.Evaluation.Reports;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>Every image's scores in a study as comma-separated values (RFC 4180): one line per run, image and measure. Curves and what the gates let through are in the JSON.</summary>
internal static class StudyCsv
{
    public static string Write(StudyReport report)
    {
        var lines = new ReportLines().Raw("network,variant,seed,run,setting,steps,parameters,dataset,image,measure,protocol,value,error\n");
        foreach (var baseline in report.Baselines)
        {
            Sets(lines, [$"x{baseline.Scale}", baseline.Method, "", baseline.Method, "", "", "0"], baseline.Sets);
        }

        foreach (var cell in report.Cells)
        {
            string[] start =
            [
                cell.Network, cell.Variant, cell.Seed.ToString(CultureInfo.InvariantCulture), cell.Name, cell.Setting ?? "",
                cell.Steps.ToString(CultureInfo.InvariantCulture), cell.Parameters.ToString(CultureInfo.InvariantCulture),
            ];
            if (cell.Failure is { } failure)
            {
                Row(lines, [.. start, "", "", "", "", "", failure]);
            }

            Sets(lines, start, cell.Sets);
        }

        return lines.ToString();
    }

    private static void Sets(ReportLines lines, string[] start, IReadOnlyList<StudySet> sets)
    {
        foreach (var set in sets)
        {
            foreach (var measure in StudyAnalysis.Measures)
            {
                var name = measure.Band is { } band ? string.Create(CultureInfo.InvariantCulture, $"band{band}") : measure.Kind;
                foreach (var (image, value) in set.Images.Zip(measure.On(set)))
                {
                    Row(lines, [.. start, set.Dataset, image, name, measure.Protocol ?? "", value.ToString("R", CultureInfo.InvariantCulture), ""]);
                }
            }
        }
    }

    /// <summary>One line.</summary>
    public static void Row(ReportLines lines, IReadOnlyList<string> cells) => lines.Raw(string.Join(',', cells.Select(ReportText.CsvField))).Raw("\n");
}
