using SuperRes.Evaluation.Reports;

namespace SuperRes.Tests.Evaluation.Reports;

public sealed class CsvReportTests
{
    private const string Header = "dataset,scale,track,model,parameters,image,protocol,psnr,ssim,psnr_printed_peak,psnr_gray_direct,ms,error\n";

    [Fact]
    public void Write_OfASmallReport_HasALinePerModelAndImage()
    {
        const string Lines = """
            Set5,4,,bicubic,0,baby,y,30.25,0.875,,,1.5,
            Set5,4,,bicubic,0,bird,y,26.75,0.75,,,2,
            Set5,4,,edsr-x4,1517571,baby,y,Infinity,1,,,1500,
            Set5,4,,edsr-x4,1517571,bird,y,27.75,0.8,,,1200,

            """;
        Assert.Equal(Header + Lines.ReplaceLineEndings("\n"), CsvReport.Write(TestReports.Small()));
    }

    [Fact]
    public void Write_OfATrack_NamesIt()
    {
        var report = TestReports.Small();
        var csv = CsvReport.Write(report with { Results = [.. report.Results.Select(result => result with { Track = "bicubic-jpeg40" })] });

        Assert.All(csv.TrimEnd().Split('\n')[1..], line => Assert.StartsWith("Set5,4,bicubic-jpeg40,", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_NamesWithCommasQuotesAndLines_QuotesThem()
    {
        var csv = CsvReport.Write(TestReports.Hostile());

        Assert.Contains(",\"a|b\"\"onload=x\",y,30,", csv, StringComparison.Ordinal);
        Assert.Contains(",\"=1+1,\n\",y,,,,,,\"\"\"<i>\"\" is 3x3, not 4x4.\"\n", csv, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void Write_UnderAnyCulture_IsTheSame(string culture) =>
        Assert.Equal(CsvReport.Write(TestReports.Hostile()), Cultures.Under(culture, () => CsvReport.Write(TestReports.Hostile())));
}
