using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>The tables of a study.</summary>
internal static class StudyTables
{
    private static readonly string[] ProtocolNames = ["y", "rgb", "div2k", "paper"];

    private static readonly string[] BandNames = ["0 to ¼", "¼ to ½", "½ to ¾", "¾ to 1"];

    private static IEnumerable<StudyMeasure> SeenMeasures => [StudyMeasure.Overshoot, StudyMeasure.Undershoot, .. Enumerable.Range(1, BandNames.Length).Select(StudyMeasure.Error)];

    private static string[] SeenHeaders => ["Bright lines", "Dark lines", .. BandNames.Select(band => $"Error, {band}")];

    public static StudyBlock.Table Questions(StudyReport report) => new(
        $"PSNR on {report.Dataset} by protocol {report.Protocol}, dB. Intervals of {ReportText.Percent(report.Level)}; p of a paired t test over seeds, and of one over seeds and images, each after Holm's correction over all questions; d is Cohen's for pairs, g is d with Hedges' correction for few seeds.",
        ["Question", "Difference", "Over seeds", "Over seeds and images", "Seed noise", "Seeds", "d", "g", "p, seeds", "p, seeds and images"],
        [.. report.Questions.Where(question => question.Decisive is not null).Select(question => Row(report, question, question.Decisive!))]);

    /// <summary>Every arm and baseline on one set with every protocol.</summary>
    public static StudyBlock.Table Means(StudyReport report, string dataset) => new(
        $"{dataset}: PSNR in dB / SSIM by protocol",
        ["", .. ProtocolNames],
        [
            .. report.Baselines.Select(baseline => (IReadOnlyList<string>)[$"{baseline.Method} x{baseline.Scale}", .. ProtocolNames.Select(protocol => Baseline(baseline, dataset, protocol))]),
            .. report.Arms.Select(arm => (IReadOnlyList<string>)
            [
                Name(report, arm),
                .. ProtocolNames.Select(protocol => $"{StudyText.Mean(Find(arm, dataset, StudyMeasure.Psnr(protocol)), "0.000")} / {Value(Find(arm, dataset, StudyMeasure.Ssim(protocol)), "0.0000")}"),
            ]),
        ]);

    /// <summary>What the arms cost. Times with another number of threads than most runs had are left out.</summary>
    public static StudyBlock.Table Costs(StudyReport report)
    {
        var threads = report.Times.GroupBy(time => time.Threads).OrderByDescending(runs => runs.Count()).ThenBy(runs => runs.Key).FirstOrDefault()?.Key ?? 1;
        return new(
            $"Cost. Times are medians over the runs with {threads} thread{(threads == 1 ? "" : "s")}, each taken where and when its run ended, whatever else the machine did: the engine on 160 x 90 low-resolution pixels, and the training steps without validation. They say roughly what to expect; which of two is faster, only times taken in turn can say.",
            ["", "Seeds", "Parameters", "MACs per input pixel", "Steps", "Engine, ms", "Training"],
            [.. report.Arms.Select(arm => Cost(report, arm, threads))]);
    }

    private static IReadOnlyList<string> Cost(StudyReport report, StudyArm arm, int threads)
    {
        var names = report.CellsOf(arm).Select(cell => cell.Name).ToHashSet();
        StudyTime[] times = [.. report.Times.Where(time => time.Threads == threads && names.Contains(time.Cell))];
        return
        [
            Name(report, arm), $"{arm.Seeds}{(arm.Failed > 0 ? $" ({arm.Failed} failed)" : "")}", ReportText.Parameters(arm.Parameters), ReportText.Count((long)arm.MacsPerPixel), ReportText.Count(arm.Steps),
            times.Length == 0 ? ReportText.None : ReportText.Milliseconds(Sample.Median([.. times.Select(time => time.EngineMilliseconds)])),
            times.Length == 0 ? ReportText.None : StudyText.Seconds(Sample.Median([.. times.Select(time => time.TrainingSeconds)])),
        ];
    }

    public static StudyBlock.Table Seen(StudyReport report, string dataset) => new(
        $"{dataset}: lines beside strong edges and error by band of frequency (1 is the highest that pixels can hold)",
        ["", .. SeenHeaders],
        [
            .. report.Baselines.Where(baseline => baseline.Sets.Any(set => set.Dataset == dataset)).Select(baseline => (IReadOnlyList<string>)
            [
                $"{baseline.Method} x{baseline.Scale}",
                .. SeenMeasures.Select(measure => StudyText.Number(Sample.Mean(measure.On(baseline.Sets.First(set => set.Dataset == dataset))), "0.000")),
            ]),
            .. report.Arms.Select(arm => (IReadOnlyList<string>)[Name(report, arm), .. SeenMeasures.Select(measure => StudyText.Mean(Find(arm, dataset, measure), "0.000"))]),
        ]);

    public static StudyBlock.Table SeenDifferences(StudyReport report, string dataset) => new(
        $"{dataset}: differences of the same, with intervals over seeds; below zero is better. Many numbers at once: some intervals miss zero by chance.",
        ["Question", .. SeenHeaders],
        [.. report.Questions.Where(question => question.Differences.Count > 0).Select(question => (IReadOnlyList<string>)
        [
            Name(report, question),
            .. SeenMeasures.Select(measure => StudyText.Difference(question.Differences.FirstOrDefault(difference => difference.Dataset == dataset && difference.Measure == measure), "0.000")),
        ])]);

    /// <summary>What the gates of the arms with attention let through; no rows where that was not measured.</summary>
    public static StudyBlock.Table Gates(StudyReport report) => new(
        $"{report.Dataset}: weights of the attention's gates, means over modules",
        ["", "Channel weight, mean", "Differs between images by", "Spatial weight, mean", "Differs between pixels by", "Looking adds, dB", "Over seeds and images"],
        [
            .. from arm in report.Arms
               let cells = report.CellsOf(arm).Where(cell => cell.Failure is null).ToArray()
               where cells.Any(cell => cell.ChannelGates is not null || cell.SpatialGates is not null)
               select (IReadOnlyList<string>)
               [
                   Name(report, arm),
                   .. Weights(report, cells, cell => cell.ChannelGates),
                   .. Weights(report, cells, cell => cell.SpatialGates),
                   StudyText.Looking(arm),
                   StudyText.LookingOnImages(arm),
               ],
        ]);

    /// <summary>A search's runs, the best first; nothing in other studies.</summary>
    public static IEnumerable<StudyBlock> Trials(StudyReport report)
    {
        foreach (var trials in report.Trials())
        {
            yield return new StudyBlock.Heading($"Search: {trials[0].Network}, {trials[0].Variant}");
            yield return new StudyBlock.Table(
                $"Longest runs first, then by PSNR on the validation images, which alone choose. {report.Dataset} is measured and chooses nothing.",
                ["Setting", "Steps", "Validation PSNR, dB", $"{report.Dataset} ({report.Protocol}), dB", "Parameters"],
                [.. trials.Select(cell => (IReadOnlyList<string>)
                [
                    cell.Setting!, ReportText.Count(cell.Steps),
                    cell.Failure is null ? StudyText.Number(cell.Curve[^1].Psnr, "0.000") : "failed",
                    cell.On(report.Dataset) is { } set ? StudyText.Number(Sample.Mean(set.By(report.Protocol).Psnr), "0.000") : ReportText.None,
                    ReportText.Parameters(cell.Parameters),
                ])]);
        }
    }

    private static string[] Weights(StudyReport report, StudyCell[] cells, Func<StudyCell, GateWeights?> gates) =>
    [
        StudyText.Mean([.. cells.Select(gates).OfType<GateWeights>().Select(weights => weights.Mean)], report.Level, "0.000"),
        StudyText.Variation([.. cells.Select(gates)], report.Level),
    ];

    private static IReadOnlyList<string> Row(StudyReport report, StudyQuestion question, StudyDifference decisive) =>
    [
        Name(report, question),
        StudyText.Signed(decisive.Seeds.Mean, "0.000"),
        StudyText.Interval(decisive.Seeds.Interval, "0.000"),
        StudyText.Interval(decisive.Crossed?.Interval, "0.000"),
        decisive.Seeds.SeedNoise is { } noise ? StudyText.Number(noise, "0.000") : ReportText.None,
        ReportText.Count(decisive.Seeds.Seeds),
        decisive.Seeds.Effect is { } effect ? StudyText.Number(effect.CohensD, "0.00") : ReportText.None,
        decisive.Seeds.Effect is { } corrected ? StudyText.Number(corrected.HedgesG, "0.00") : ReportText.None,
        StudyText.P(question.AdjustedP),
        StudyText.P(question.AdjustedCrossedP),
    ];

    /// <summary>The network's name is left out where there is only one.</summary>
    private static string Name(StudyReport report, StudyArm arm) => IsOne(report) ? arm.Variant : $"{arm.Network}, {arm.Variant}";

    private static string Name(StudyReport report, StudyQuestion question) =>
        IsOne(report) ? $"{question.Variant} against {question.Against}" : $"{question.Network}: {question.Variant} against {question.Against}";

    private static bool IsOne(StudyReport report) => report.Arms.All(arm => arm.Network == report.Arms[0].Network);

    private static string Value(StudyMean? mean, string format) => mean is null ? ReportText.None : StudyText.Number(mean.Value, format);

    private static StudyMean? Find(StudyArm arm, string dataset, StudyMeasure measure) => arm.Means.FirstOrDefault(mean => mean.Dataset == dataset && mean.Measure == measure);

    private static string Baseline(StudyBaseline baseline, string dataset, string protocol) =>
        baseline.Sets.FirstOrDefault(set => set.Dataset == dataset)?.By(protocol) is { } scores
            ? $"{StudyText.Number(Sample.Mean(scores.Psnr), "0.000")} / {StudyText.Number(Sample.Mean(scores.Ssim), "0.0000")}"
            : ReportText.None;
}
