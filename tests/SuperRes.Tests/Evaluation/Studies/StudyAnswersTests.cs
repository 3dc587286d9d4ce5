using System.Xml.Linq;
using SuperRes.Evaluation.Studies;
using SuperRes.Tests.Evaluation.Reports;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class StudyAnswersTests
{
    [Fact]
    public void Of_ReportsWithFrozenGates_AskWhatLookingAdds()
    {
        StudyCell[] cells = [TestStudies.Cell("none", 1, 0), TestStudies.LookingCell(1, 0.2), TestStudies.LookingCell(2, 0.4)];
        var report = TestStudies.Report(0.1) with { Cells = cells, Arms = StudyAnalysis.Arms(cells, "Set2", "y", 0.95) };

        var answer = Assert.Single(StudyAnswers.Of([("a", report)]).Only(["CBAM against itself with frozen gates"]).All);

        Assert.Equal(0.225, answer.Difference.Seeds.Mean, 1e-9);
        Assert.Null(answer.Question.AdjustedP);
        Assert.StartsWith("Looking adds +0.2250 [", answer.Question.Sentence, StringComparison.Ordinal);
        Assert.Contains("] dB to ESPCN x4 with CBAM; over seeds and images [", answer.Question.Sentence, StringComparison.Ordinal);
    }

    // Gains of 0.1, 0.2 and 0.3: mean 0.2, noise 0.1, and Student's t with two degrees of freedom is 4.3027, so 0.2 ± 4.3027 * 0.1 / sqrt(3).
    private static readonly StudyReport Short = TestStudies.Report(0.1, 0.2, 0.3);

    private static readonly StudyReport Long = WithSteps(TestStudies.Report(-0.1, -0.2, -0.3), 1234);

    [Fact]
    public void Of_SeveralReports_OrdersNetworksByNameAndSteps()
    {
        var answers = StudyAnswers.Of([("long", Long), ("short", Short), ("other", Named("EDSR x4"))]);

        Assert.Equal(["other", "short", "long"], answers.All.Select(answer => answer.Source));
        Assert.Equal(("Set2", "y", 0.95), (answers.Dataset, answers.Protocol, answers.Level));
    }

    [Fact]
    public void Questions_MostAskedFirst()
    {
        var rare = Short with { Questions = [Short.Questions[0] with { Against = "constant gates" }] };

        var answers = StudyAnswers.Of([("rare", rare), ("short", Short), ("long", Long)]);

        Assert.Equal(["CBAM against none", "CBAM against constant gates"], answers.Questions.Select(question => question.Key));
    }

    [Fact]
    public void Of_TheSameRunsInTwoReports_SaysThemOnce()
    {
        var answers = StudyAnswers.Of([("a", Short), ("b", Short with { Title = "Again" }), ("c", TestStudies.Report(0.1, 0.2, 0.3001))]);

        Assert.Equal(["a", "c"], answers.All.Select(answer => answer.Source));
    }

    [Fact]
    public void Of_SomeOfTheRunsInAnotherReport_SaysThemOnceByTheOneWithMost()
    {
        var answers = StudyAnswers.Of([("two of them", TestStudies.Report(0.1, 0.2)), ("all", Short), ("two and another", TestStudies.Report(0.1, 0.25))]);

        Assert.Equal(["all", "two and another"], answers.All.Select(answer => answer.Source));
    }

    [Fact]
    public void Of_WhatIsNotAnswered_IsLeftOut()
    {
        Assert.Single(StudyAnswers.Of([("empty", TestStudies.Report()), ("a", Short)]).All);
        Assert.Throws<ArgumentException>(() => StudyAnswers.Of([("empty", TestStudies.Report())]));
        Assert.Throws<ArgumentException>(() => StudyAnswers.Of([]));
    }

    [Theory]
    [InlineData("Set5", "y", 0.95, "PSNR on Set5 by protocol y at a level of 0.95")]
    [InlineData("Set2", "rgb", 0.95, "PSNR on Set2 by protocol rgb at a level of 0.95")]
    [InlineData("Set2", "y", 0.9, "PSNR on Set2 by protocol y at a level of 0.9")]
    public void Of_DecidedByDifferentNumbers_IsRefused(string dataset, string protocol, double level, string said)
    {
        var error = Assert.Throws<ArgumentException>(() => StudyAnswers.Of([("a", Short), ("b", Short with { Dataset = dataset, Protocol = protocol, Level = level })]));

        Assert.Contains($"'b' by {said}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DecidedOnOtherImagesOfOneName_IsRefused()
    {
        var other = Short with { Cells = [.. Short.Cells.Select(cell => cell with { Sets = [cell.Sets[0] with { Images = ["c", "d"] }] })] };

        var error = Assert.Throws<ArgumentException>(() => StudyAnswers.Of([("a", Short), ("b", other)]));

        Assert.Contains("different images, which both call Set2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DecidedOnOtherContentsUnderTheSameNames_IsRefused()
    {
        var (one, other) = (Hashed("h1", "h2"), Hashed("h1", "h3"));

        var error = Assert.Throws<ArgumentException>(() => StudyAnswers.Of([("a", one), ("names only", Long), ("b", other)]));

        Assert.Contains("'a' and 'b' were decided on different images, which both call Set2", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, StudyAnswers.Of([("a", one), ("names only", Long)]).All.Count);

        static StudyReport Hashed(params string[] hashes) =>
            Short with { Cells = [.. Short.Cells.Select(cell => cell with { Sets = [cell.Sets[0] with { ImageHashes = hashes }] })] };
    }

    [Theory]
    [InlineData(4, "l1", false)]
    [InlineData(4, "l2", true)]
    [InlineData(4, null, true)]
    [InlineData(2, "l2", false)] // Another scale's low-resolution images differ by nature.
    [InlineData(2, null, true)]
    public void Of_DecidedOnOtherLowResolutionImages_IsRefused(int scale, string? low, bool isRefused)
    {
        var (one, other) = (Low(4, "l1"), Low(scale, low));

        var error = Record.Exception(() => StudyAnswers.Of([("a", one), ("b", other)]));

        Assert.Equal(isRefused, error is ArgumentException);

        static StudyReport Low(int scale, string? hash) => Short with
        {
            Cells = [.. Short.Cells.Select(cell => cell with { Sets = [cell.Sets[0] with { ImageHashes = ["h"], LowResolutionHashes = hash is null ? null : [hash] }] })],
            Arms = [.. Short.Arms.Select(arm => arm with { Scale = scale })],
        };
    }

    [Fact]
    public void Of_FrozenGatesInTwoReports_SaysTheOneThatMeasuredMore()
    {
        StudyCell[] two = [TestStudies.LookingCell(1, 0.2), TestStudies.LookingCell(2, 0.4)];
        StudyCell[] three = [TestStudies.LookingCell(1, 0.2), TestStudies.Cell("CBAM", 2, 0), TestStudies.Cell("CBAM", 3, 0)];

        var answers = StudyAnswers.Of([("three, one of them measured", Report(three)), ("two", Report(two))]);

        Assert.Equal("two", Assert.Single(answers.All).Source);

        static StudyReport Report(StudyCell[] cells) => Short with { Cells = cells, Questions = [], Arms = StudyAnalysis.Arms(cells, "Set2", "y", 0.95) };
    }

    [Fact]
    public void Only_SomeQuestions_KeepsTheirAnswers()
    {
        var answers = StudyAnswers.Of([("a", Short), ("b", Short with { Questions = [Short.Questions[0] with { Against = "constant gates" }] })]);

        Assert.Equal("b", Assert.Single(answers.Only(["CBAM against constant gates"]).All).Source);
        Assert.Equal(2, answers.Only([]).All.Count);
        Assert.Contains("These were: CBAM against none; CBAM against constant gates.", Assert.Throws<ArgumentException>(() => answers.Only(["CBAM"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_HaveTheDifferencesInEveryForm()
    {
        var files = Files(StudyAnswers.Of([("short", Short), ("long", Long)]));

        Assert.Equal(["answers.svg", "answers.csv", "answers.md", "answers.html"], files.Keys);
        Assert.Contains("| ESPCN x4 | 10 | +0.200 | \\[−0.048, +0.448\\] | ", files["answers.md"], StringComparison.Ordinal);
        Assert.Contains("| ESPCN x4 | 1,234 | −0.200 | \\[−0.448, +0.048\\] | ", files["answers.md"], StringComparison.Ordinal);
        Assert.Contains("+0.200 [−0.048, +0.448]", XDocument.Parse(files["answers.svg"]).Descendants().Select(element => element.Value));
        Assert.Contains("<h2 id=\"cbam-against-none\">CBAM against none</h2>", files["answers.html"], StringComparison.Ordinal);
        Assert.StartsWith("short,Set2,y,0.95,ESPCN x4,CBAM,none,10,3,0.2", files["answers.csv"].Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Files_LongNames_StayInsideTheChart()
    {
        var svg = XDocument.Parse(Files(StudyAnswers.Of([("a", Named("SRResNet 16x64 with a very long name x4"))]))["answers.svg"]);

        // 7 px a letter is DejaVu Sans at the charts' 12 px.
        var texts = svg.Descendants().Where(text => text.Name.LocalName == "text" && (string?)text.Attribute("text-anchor") == "end").ToArray();
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.True(text.Value.Length * 7 <= (double)text.Attribute("x")!, text.Value));
        Assert.All(svg.Descendants().Attributes("x"), x => Assert.InRange((double)x, 0, (double)svg.Root!.Attribute("width")!));
    }

    [Fact]
    public void Files_UnderAnotherCulture_AreTheSame()
    {
        var answers = StudyAnswers.Of([("short", Short), ("long", Long)]);

        Assert.Equal(Files(answers), Cultures.Under("de-DE", () => Files(answers)));
    }

    private static Dictionary<string, string> Files(StudyAnswers answers) => answers.Files().ToDictionary(file => file.File, file => file.Content);

    /// <summary>The short training of another network.</summary>
    private static StudyReport Named(string network) => Short with
    {
        Questions = [Short.Questions[0] with { Network = network }],
        Arms = [.. Short.Arms.Select(arm => arm with { Network = network })],
        Cells = [.. Short.Cells.Select(cell => cell with { Network = network })],
    };

    private static StudyReport WithSteps(StudyReport report, long steps) => report with { Arms = [.. report.Arms.Select(arm => arm with { Steps = steps })] };
}
