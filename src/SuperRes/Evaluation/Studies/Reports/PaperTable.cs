using SuperRes.Evaluation.Reports;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>The table of Deviyani and Singh 2022 beside a study's own numbers, and why they differ.</summary>
internal static class PaperTable
{
    // "DIV2K test set" in the paper; its images are 0801 to 0900, the validation set.
    private static readonly (string Name, string Architecture, bool HasAttention, double Psnr, double Ssim)[] Reported =
    [
        ("EDSR", "edsr", false, 28.7709, 0.7965),
        ("EDSR with attention", "edsr", true, 28.8371, 0.7938),
        ("SRGAN", "srresnet", false, 29.3513, 0.7828),
        ("SRGAN with attention", "srresnet", true, 30.4334, 0.7974),
        ("ESPCN", "espcn", false, 27.3786, 0.7612),
        ("ESPCN with attention", "espcn", true, 27.4080, 0.7619),
        ("LapSRN", "lapsrn", false, 28.3517, 0.7888),
        ("LapSRN with attention", "lapsrn", true, 28.3681, 0.7895),
    ];

    private static readonly string[] Reasons =
    [
        "The authors' \"attention\" models had no attention: in their published code the layers' build and call are nested inside __init__, so both layers are the identity, and the saved weights hold attention layers without parameters. What their table shows between the rows is the noise of training.",
        "One run each, so that noise could not be seen.",
        "Their \"DIV2K test set\" is 0801 to 0900, the whole validation images; the sets here are named above.",
        "Their SSIM has a peak of 225 in place of 255.",
        "Their SRGAN was scored on the first random crop of each batch of 16 and not on whole images, which probably is why it looks 1 to 2 dB better. SRResNet is its generator without the adversary.",
        "Their learning rate was 1e-4 and not the 1e-3 that the paper has, on 800 images of DIV2K for hours on a GPU; here the budget and the images are those named above.",
        "Their LapSRN was supervised at x4 only; here at every level of the pyramid.",
    ];

    /// <summary>Nothing where the study has none of the paper's networks at x4.</summary>
    public static IEnumerable<StudyBlock> Of(StudyReport report)
    {
        var rows = Reported
            .Select(row => (Row: row, Ours: Find(report, row.Architecture, row.HasAttention)))
            .Where(row => row.Ours is not null)
            .Select(row => (IReadOnlyList<string>)
            [
                row.Row.Name, StudyText.Number(row.Row.Psnr, "0.0000"), StudyText.Number(row.Row.Ssim, "0.0000"), $"{row.Ours!.Network}, {row.Ours.Variant}",
                Mean(row.Ours, report.Dataset, StudyMeasure.Psnr("paper"), "0.000"), Mean(row.Ours, report.Dataset, StudyMeasure.Ssim("paper"), "0.0000"),
            ])
            .ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        var classical = report.Baselines.Where(baseline => baseline.Scale == 4).Select(baseline => (IReadOnlyList<string>)
        [
            baseline.Method == "sharpen" ? "Sharpening" : "Bicubic", ReportText.None, ReportText.None, $"{baseline.Method} x4",
            Baseline(baseline, report.Dataset, set => set.Psnr, "0.000"), Baseline(baseline, report.Dataset, set => set.Ssim, "0.0000"),
        ]);
        yield return new StudyBlock.Heading("The paper's table beside ours");
        yield return new StudyBlock.Table(
            $"Deviyani and Singh 2022 on DIV2K 0801 to 0900, as printed; ours on {report.Dataset} by protocol paper. Not comparable, for the reasons below.",
            ["Model", "Paper: PSNR, dB", "Paper: SSIM", "Ours", "PSNR, dB", "SSIM"], [.. classical, .. rows]);
        yield return new StudyBlock.Bullets(Reasons);
    }

    private static StudyArm? Find(StudyReport report, string architecture, bool hasAttention) => report.Arms.FirstOrDefault(arm =>
        arm.Scale == 4 && arm.Seeds > 0 && report.Cells.First(cell => cell.Network == arm.Network && cell.Variant == arm.Variant) is { } cell && Fits(cell.Options, architecture, hasAttention));

    private static bool Fits(string options, string architecture, bool hasAttention)
    {
        var network = Networks.NetworkOptions.FromJson(options);
        return network.Architecture == architecture
            && (network.Attention is { Channel: true, Spatial: true, GateInput: Networks.Architectures.CbamGateInput.Features } || network.Attention is null)
            && (network.Attention is not null) == hasAttention;
    }

    private static string Mean(StudyArm arm, string dataset, StudyMeasure measure, string format) =>
        StudyText.Mean(arm.Means.FirstOrDefault(mean => mean.Dataset == dataset && mean.Measure == measure), format);

    private static string Baseline(StudyBaseline baseline, string dataset, Func<StudyScores, double[]> value, string format) =>
        baseline.Sets.FirstOrDefault(set => set.Dataset == dataset) is { } set ? StudyText.Number(Statistics.Sample.Mean(value(set.By("paper"))), format) : ReportText.None;
}
