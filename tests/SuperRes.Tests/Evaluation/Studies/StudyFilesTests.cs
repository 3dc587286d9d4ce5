using System.Xml.Linq;
using SuperRes.Evaluation.Studies;
using SuperRes.Tests.Evaluation.Reports;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class StudyFilesTests
{
    [Fact]
    public void Of_AStudy_HasEveryForm()
    {
        var files = TestStudies.Files(TestStudies.Report(0.1, 0.2, 0.3, 0.2, 0.2));

        Assert.Equal(
            ["differences.svg", "curves-espcn-x4-psnr.svg", "curves-espcn-x4-ssim.svg", "report.csv", "report.md", "report.html", "report.json"], files.Keys);
        Assert.All(files.Keys.Where(file => file.EndsWith(".svg", StringComparison.Ordinal)), file => Assert.Equal("svg", XDocument.Parse(files[file]).Root!.Name.LocalName));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.1, 0.1, 0.1)]
    public void FromJson_OfAnyNumberOfSeeds_IsTheReport(params double[] gains)
    {
        var report = TestStudies.Report(gains);

        Assert.Equal(report.ToJson(), StudyReport.FromJson(report.ToJson()).ToJson());
        Assert.All(report.Questions, question => Assert.Null(question.Decisive!.Seeds.Effect));
    }

    [Fact]
    public void FromJson_OfOneImage_IsTheReport()
    {
        var cells = TestStudies.Report(0.1, 0.2).Cells.Select(cell => cell with { Sets = [.. cell.Sets.Select(OneImage)] }).ToList();
        var report = TestStudies.Report(0.1, 0.2) with
        {
            Cells = cells, Arms = StudyAnalysis.Arms(cells, "Set2", "y", 0.95), Questions = StudyAnalysis.Questions(cells, [("CBAM", "none")], "Set2", "y", 0.95), Baselines = [],
        };

        Assert.Null(report.Questions[0].Decisive!.Crossed);
        Assert.Equal(report.ToJson(), StudyReport.FromJson(report.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[null]")]
    [InlineData("[\"abc\"]")]
    [InlineData("[true]")]
    public void FromJson_OfNoNumbers_SaysSo(string overshoot)
    {
        var json = TestStudies.Report(0.1, 0.2).ToJson();
        var start = json.IndexOf("\"overshoot\": ", StringComparison.Ordinal) + 13;
        var damaged = json[..start] + overshoot + json[(json.IndexOf(']', start) + 1)..];

        Assert.Throws<InvalidDataException>(() => StudyReport.FromJson(damaged));
    }

    [Fact]
    public void Of_AnImageRightToTheLastBit_HasNoInterval()
    {
        var report = TestStudies.Report(0.1, double.PositiveInfinity, 0.3);

        var mean = report.Arms[1].Means.First(mean => mean.Measure == StudyMeasure.Psnr("y"));
        Assert.Equal((double.PositiveInfinity, null, null), (mean.Value, mean.Interval, mean.SeedDeviation));
        Assert.DoesNotContain("NaN", TestStudies.Files(report)["report.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LongNames_KeepsTheLabelsInsideTheChart()
    {
        var report = TestStudies.Report(0.1, 0.2, 0.3, 0.2, 0.2);
        var files = TestStudies.Files(report with { Questions = [report.Questions[0] with { Variant = "CBAM that begins open", Against = "an open CBAM that sees nothing" }] });

        // 7 px a letter is DejaVu Sans at the charts' 12 px.
        var labels = XDocument.Parse(files["differences.svg"]).Descendants().Where(text => text.Name.LocalName == "text" && (string?)text.Attribute("text-anchor") == "end");
        Assert.NotEmpty(labels);
        Assert.All(labels, label => Assert.True(label.Value.Length * 7 <= (double)label.Attribute("x")!, label.Value));
    }

    [Fact]
    public void Of_CurvesThatBeginBelowTheAxis_MarksNoneOfWhatItLeavesOut()
    {
        CurvePoint[] curve = [new(1, 5, 0.1), new(5, 28, 0.7), new(10, 29, 0.8)];
        var report = TestStudies.Report(0.1, 0.2);
        var chart = XDocument.Parse(TestStudies.Files(report with { Cells = [.. report.Cells.Select(cell => cell with { Curve = curve })] })["curves-espcn-x4-psnr.svg"]);

        var titles = chart.Descendants().Where(title => title.Name.LocalName == "title").Select(title => title.Value);
        Assert.Equal(["none, step 5: 28 (28 to 28)", "none, step 10: 29 (29 to 29)"], titles.Where(title => title.StartsWith("none, step", StringComparison.Ordinal)));

        // The line comes from far below, and is cut off where the plot ends, at 300.
        var line = chart.Descendants().First(element => element.Name.LocalName == "polyline");
        var heights = ((string)line.Attribute("points")!).Split(' ').Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(heights[0] > 3000 && heights[1] is > 250 and < 300, string.Join(' ', heights));
        Assert.Equal(("svg", "284"), (line.Parent!.Name.LocalName, (string?)line.Parent.Attribute("height")));
    }

    [Fact]
    public void Of_CurvesThatFallEarly_ShowHowFar()
    {
        // From the rest's height at 5 down to 27 at 10, before a fifth of the steps; 4 at the first step is a beginning.
        CurvePoint[] curve = [new(1, 4, 0.1), new(5, 28, 0.7), new(10, 27, 0.6), new(40, 28.4, 0.7), new(100, 29, 0.8)];
        var report = TestStudies.Report(0.1, 0.2);
        var chart = XDocument.Parse(TestStudies.Files(report with { Cells = [.. report.Cells.Select(cell => cell with { Curve = curve })] })["curves-espcn-x4-psnr.svg"]);

        var titles = chart.Descendants().Where(title => title.Name.LocalName == "title").Select(title => title.Value);
        Assert.Equal(
            ["none, step 5: 28 (28 to 28)", "none, step 10: 27 (27 to 27)", "none, step 40: 28.4 (28.4 to 28.4)", "none, step 100: 29 (29 to 29)"],
            titles.Where(title => title.StartsWith("none, step", StringComparison.Ordinal)));
    }

    private static StudySet OneImage(StudySet set) => new()
    {
        Dataset = set.Dataset,
        Images = ["a"],
        Scores = [.. set.Scores.Select(scores => new StudyScores(scores.Protocol, scores.Psnr[..1], scores.Ssim[..1]))],
        Overshoot = set.Overshoot[..1],
        Undershoot = set.Undershoot[..1],
        Bands = [.. set.Bands.Select(band => new StudyBand(band.Errors[..1]))],
    };

    [Fact]
    public void Of_AStudy_SaysTheAnswerInEveryText()
    {
        var report = TestStudies.Report(0.1, 0.2, 0.3, 0.2, 0.2);
        var files = TestStudies.Files(report);

        Assert.Contains(report.Questions[0].Sentence.Replace("[", "\\[").Replace("]", "\\]"), files["report.md"], StringComparison.Ordinal);
        Assert.Contains("CBAM changes ESPCN x4 by", files["report.html"], StringComparison.Ordinal);
        Assert.Contains("27.4080", files["report.md"], StringComparison.Ordinal);
        Assert.DoesNotContain("<attention>", files["report.html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AStudy_HasEveryNumberInTheCsv()
    {
        var lines = TestStudies.Files(TestStudies.Report(0.5))["report.csv"].TrimEnd('\n').Split('\n');

        // A baseline and two runs, two images, fourteen measures each: PSNR and SSIM by four protocols, two lines, four bands.
        Assert.Equal(1 + (3 * 2 * 14), lines.Length);
        Assert.Contains("ESPCN x4,CBAM,1,espcn-x4.cbam.seed-1,,10,1000,Set2,a,psnr,y,30.5,", lines);
        Assert.Contains("ESPCN x4,CBAM,1,espcn-x4.cbam.seed-1,,10,1000,Set2,\"b,c\",band3,,3,", lines);
    }

    [Fact]
    public void Of_MeasuredGates_HasTheirMeansOverSeeds()
    {
        var report = TestStudies.Report(0.1, 0.2);
        Assert.DoesNotContain("Do the gates look?", TestStudies.Files(report)["report.md"], StringComparison.Ordinal);

        var measured = report with
        {
            Cells = [.. report.Cells.Select(cell => cell.Variant == "CBAM" ? cell with { ChannelGates = new GateWeights(0.5, cell.Seed == 1 ? 0.02 : 0.04) } : cell)],
        };

        // 0.0200 * 12.706 / sqrt(2) / sqrt(2) around 0.03: Student's t with one degree of freedom.
        Assert.Contains("| CBAM | 0.500 ± 0.000 | 3.00 ± 12.71 % | – | – |", TestStudies.Files(measured)["report.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void FromJson_WhatToJsonWrote_IsTheSame()
    {
        var json = TestStudies.Report(0.1, double.PositiveInfinity).ToJson();

        Assert.Equal(json, StudyReport.FromJson(json).ToJson());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"schema\": \"superres-study/9\"}")]
    public void FromJson_SomethingElse_SaysSo(string json) => Assert.Throws<InvalidDataException>(() => StudyReport.FromJson(json));

    [Fact]
    public void Of_UnderAnotherCulture_IsTheSame()
    {
        var report = TestStudies.Report(0.1, 0.2, 0.3, 0.2, 0.2);

        Assert.Equal(TestStudies.Files(report), Cultures.Under("de-DE", () => TestStudies.Files(report)));
    }

    [Fact]
    public void Of_NothingDone_SaysThatNothingCanBeSaid()
    {
        var report = TestStudies.Report() with { Missing = ["espcn-x4.none.seed-1"] };

        Assert.Contains("Not finished: 1 of 1 runs", TestStudies.Files(report)["report.md"], StringComparison.Ordinal);
    }
}
