namespace SuperRes.Evaluation.Reports;

/// <summary>A column of numbers beside the main ones.</summary>
internal sealed record ReportColumn(string Title, Func<EvaluationResult, double?> Value, Func<double?, string> Format)
{
    /// <summary>The other protocols' means, and the variants of PSNR that some scripts and the paper print.</summary>
    public static IReadOnlyList<ReportColumn> OtherProtocols(ReportGroup group)
    {
        var columns = new List<ReportColumn>();
        AddVariants(columns, group, "", result => result.PsnrGrayDirect, result => result.PsnrPrintedPeak);
        foreach (var protocol in group.OtherProtocols)
        {
            ProtocolScore? Score(EvaluationResult result) => result.Others.FirstOrDefault(score => score.Protocol == protocol);
            columns.Add(new ReportColumn($"PSNR, dB ({protocol})", result => Score(result)?.Psnr, ReportText.Decibels));
            columns.Add(new ReportColumn($"SSIM ({protocol})", result => Score(result)?.Ssim, ReportText.Ssim));
            AddVariants(columns, group, $" ({protocol})", result => Score(result)?.PsnrGrayDirect, result => Score(result)?.PsnrPrintedPeak);
        }

        return columns;
    }

    private static void AddVariants(
        List<ReportColumn> columns, ReportGroup group, string suffix, Func<EvaluationResult, double?> grayDirect, Func<EvaluationResult, double?> printedPeak)
    {
        if (group.Results.Any(result => grayDirect(result) is not null))
        {
            columns.Add(new ReportColumn($"PSNR, dB, gray values used directly{suffix}", grayDirect, ReportText.Decibels));
        }

        if (group.Results.Any(result => printedPeak(result) is not null))
        {
            columns.Add(new ReportColumn($"PSNR, dB, peak as the paper prints it{suffix}", printedPeak, ReportText.Decibels));
        }
    }
}
