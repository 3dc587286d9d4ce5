using SuperRes.Evaluation.Reports;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>A study's report as a list of pieces, from which Markdown and HTML are written.</summary>
internal static class StudyDocument
{
    public static IReadOnlyList<StudyBlock> Of(StudyReport report) =>
    [
        .. Answers(report),
        .. How(report),
        .. StudyTables.Trials(report),
        .. Results(report),
        .. Seen(report),
        .. Gates(report),
        .. Curves(report),
        .. Pictures(report),
        .. PaperTable.Of(report),
        .. StudyNotes.Of(report),
    ];

    private static IEnumerable<StudyBlock> Answers(StudyReport report)
    {
        if (report.Missing.Count > 0)
        {
            yield return new StudyBlock.Paragraph($"Not finished: {report.Missing.Count} of {report.Missing.Count + report.Cells.Count} runs are still to be done. What follows is what is there.");
        }

        if (report.Questions.Count == 0)
        {
            yield break;
        }

        yield return new StudyBlock.Heading("Answers");
        yield return new StudyBlock.Bullets([.. report.Questions.Select(question => question.Sentence)]);
        if (report.Questions.Any(question => question.Decisive is not null))
        {
            yield return new StudyBlock.Chart("differences.svg", new DifferenceChart(report.Questions, $"PSNR in dB on {report.Dataset} by protocol {report.Protocol}"));
            yield return StudyTables.Questions(report);
        }
    }

    private static IEnumerable<StudyBlock> How(StudyReport report)
    {
        yield return new StudyBlock.Heading("How");
        var seeds = report.Cells.Select(cell => cell.Seed).Distinct().Order().ToArray();
        List<string> items =
        [
            $"Budget: {report.Budget}.",
            $"Training images: {report.Data}.",
            .. report.Cells.Any(cell => cell.Setting is not null)
                ?
                [
                    $"Seed: {string.Join(", ", seeds)}. What is drawn for a trial is drawn for all networks and variants alike.",
                    $"Trials are chosen by PSNR on the validation images; {report.Dataset} is measured and chooses nothing.",
                ]
                : (string[])
                [
                    $"Seeds: {(seeds.Length == 0 ? "none is finished" : string.Join(", ", seeds))}. The runs of one seed see the same patches in the same order.",
                    $"Questions are decided by PSNR on {report.Dataset}, protocol {report.Protocol}; everything else is beside it, and decides nothing.",
                ],
            "Measured are the averaged weights of the last step, never the best on the way.",
            .. Versions(report),
        ];
        items.AddRange(report.Cells.Where(cell => cell.LearningRate is not null).Select(cell => FormattableString.Invariant(
            $"{cell.Variant} has an initial learning rate of its own, {cell.LearningRate}.")).Distinct());
        items.AddRange(report.Controls.Select(control => FormattableString.Invariant(
            $"{control.Variant} of {control.Network} is {control.Options}: of the fewest steps in width and the fewest in depth whose engine time is at least that of {control.AsSlowAs}, the one that takes less ({control.TimeRatio:0.00} times, measured in turn).")));
        items.AddRange(report.Cells.Where(cell => cell.Failure is not null).Select(cell => $"Failed and in no mean: {cell.Name}: {cell.Failure}"));
        yield return new StudyBlock.Bullets(items);
    }

    /// <summary>Which versions the runs were begun with, where that is known.</summary>
    private static IEnumerable<string> Versions(StudyReport report)
    {
        string[] versions = [.. report.Cells.Where(cell => cell.TrainedWith is not null).GroupBy(cell => cell.TrainedWith).Select(runs => $"{runs.Key} ({runs.Count()} runs)")];
        if (versions.Length > 1)
        {
            yield return $"Trained with several versions of SuperRes, which may round differently: {string.Join(", ", versions)}.";
        }
    }

    private static IEnumerable<StudyBlock> Results(StudyReport report)
    {
        var sets = report.Arms.SelectMany(arm => arm.Means).Select(mean => mean.Dataset).Distinct().ToArray();
        if (sets.Length == 0)
        {
            yield break;
        }

        yield return new StudyBlock.Heading("Results");
        yield return new StudyBlock.Paragraph($"Means over images and seeds; after ± half the {ReportText.Percent(report.Level)} interval over seeds.", IsQuiet: true);
        foreach (var set in sets)
        {
            yield return StudyTables.Means(report, set);
        }

        yield return StudyTables.Costs(report);
    }

    private static IEnumerable<StudyBlock> Seen(StudyReport report)
    {
        if (report.Arms.All(arm => arm.Means.Count == 0))
        {
            yield break;
        }

        yield return new StudyBlock.Heading("What was said of the pictures, measured");
        yield return new StudyBlock.Paragraph("\"Less artifacts of sharp white lines\" and finer lines, the authors saw with attention. Bright and dark lines beside strong edges that the original does not have, and the error by band of frequency, in 8-bit levels of luma.");
        yield return StudyTables.Seen(report, report.Dataset);
        if (report.Questions.Any(question => question.Differences.Count > 0))
        {
            yield return StudyTables.SeenDifferences(report, report.Dataset);
        }
    }

    private static IEnumerable<StudyBlock> Gates(StudyReport report)
    {
        if (StudyTables.Gates(report) is { Rows.Count: > 0 } table)
        {
            yield return new StudyBlock.Heading("Do the gates look?");
            yield return new StudyBlock.Paragraph("A gate that looks lets through more here and less there. How far its weights differ, as a share of their mean: a channel's from image to image, a module's spatial weights from pixel to pixel within an image. Gates that see nothing are at 0. What looking adds is what the trained network loses when every gate is held at its mean.");
            yield return table;
        }
    }

    private static IEnumerable<StudyBlock> Curves(StudyReport report)
    {
        var networks = report.Cells.Where(cell => cell.Curve.Count > 0 && cell.Setting is null).GroupBy(cell => cell.Network).ToArray();
        if (networks.Length == 0)
        {
            yield break;
        }

        yield return new StudyBlock.Heading("Curves");
        foreach (var network in networks)
        {
            var name = StudyText.FileName(network.Key);
            yield return new StudyBlock.Chart($"curves-{name}-psnr.svg", new BandChart(network.Key, [.. network], "PSNR, dB", point => point.Psnr));
            yield return new StudyBlock.Chart($"curves-{name}-ssim.svg", new BandChart(network.Key, [.. network], "SSIM", point => point.Ssim));
        }
    }

    private static IEnumerable<StudyBlock> Pictures(StudyReport report)
    {
        if (report.Pictures.Count == 0)
        {
            yield break;
        }

        yield return new StudyBlock.Heading("Pictures");
        foreach (var picture in report.Pictures)
        {
            yield return new StudyBlock.Picture(picture);
        }
    }
}
