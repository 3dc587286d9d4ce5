namespace SuperRes.Evaluation.Reports;

/// <summary>
/// A report as comma-separated values (RFC 4180, UTF-8, line feeds): one line per model, image and protocol, every digit
/// kept. Means are not in it; who reads CSV takes them.
/// </summary>
public static class CsvReport
{
    private const string Header = "dataset,scale,track,model,parameters,image,protocol,psnr,ssim,psnr_printed_peak,psnr_gray_direct,ms,error\n";

    /// <summary>Writes the report. An infinite PSNR is <c>Infinity</c>; a failed image has an error and no numbers; the bicubic track is empty.</summary>
    public static string Write(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var lines = new ReportLines().Raw(Header);
        foreach (var result in report.Results)
        {
            foreach (var image in result.Images)
            {
                Row(lines, result, image.Name, report.Protocol.Name, [image.Psnr, image.Ssim, image.PsnrPrintedPeak, image.PsnrGrayDirect, image.Ms]);
                foreach (var other in image.Others)
                {
                    Row(lines, result, image.Name, other.Protocol, [other.Psnr, other.Ssim, other.PsnrPrintedPeak, other.PsnrGrayDirect, image.Ms]);
                }
            }

            foreach (var failure in result.Failures)
            {
                Row(lines, result, failure.Name, report.Protocol.Name, [null, null, null, null, null], failure.Error);
            }
        }

        return lines.ToString();
    }

    private static void Row(ReportLines lines, EvaluationResult result, string image, string protocol, double?[] numbers, string error = "") =>
        lines.Line($"{ReportText.CsvField(result.Dataset)},{result.Scale},{ReportText.CsvField(result.Track ?? "")},{ReportText.CsvField(result.Model)},{result.Parameters},{ReportText.CsvField(image)},{ReportText.CsvField(protocol)},{string.Join(',', numbers.Select(ReportText.Exact))},{ReportText.CsvField(error)}");
}
