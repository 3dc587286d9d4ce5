using SuperRes.Evaluation.Studies;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class StudyAnalysisTests
{
    [Fact]
    public void Questions_FiveSeeds_PairsThemBySeed()
    {
        var question = Assert.Single(TestStudies.Report(0.1, 0.2, 0.3, 0.2, 0.2).Questions);

        // Mean 0.2, deviation √(0.02/4); every image gains the same.
        Assert.Equal(0.2, question.Decisive!.Seeds.Mean, 1e-9);
        Assert.Equal(Math.Sqrt(0.005), question.Decisive.Seeds.SeedNoise!.Value, 1e-9);
        Assert.Equal(0, question.Decisive.Crossed!.ImageDeviation, 1e-6);
        Assert.Equal(question.Decisive.Seeds.P!.Value, question.AdjustedP!.Value, 1e-12);
        Assert.Contains("it helps", question.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_AFailedRun_LeavesItsSeedOut()
    {
        StudyCell[] cells = [TestStudies.Cell("none", 1, 0), TestStudies.Cell("CBAM", 1, 1), TestStudies.Cell("none", 2, 0), TestStudies.Cell("CBAM", 2, 9) with { Failure = "disk full", Sets = [] }];

        var question = Assert.Single(StudyAnalysis.Questions(cells, [("CBAM", "none")], "Set2", "y", 0.95));

        Assert.Equal(1, question.Decisive!.Seeds.Seeds);
        Assert.Equal(1, question.Decisive.Seeds.Mean, 1e-9);
        Assert.Equal(1, Assert.Single(StudyAnalysis.Arms(cells, "Set2", "y", 0.95), arm => arm.Variant == "CBAM").Failed);
    }

    [Fact]
    public void Questions_TwoOfThem_AreCorrectedTogether()
    {
        double[] small = [0.1, 0.3, 0.2, 0.1, 0.3], large = [1.1, 1.2, 1.0, 1.1, 1.1];
        StudyCell[] cells = [.. Enumerable.Range(0, 5).SelectMany(i => (StudyCell[])
            [TestStudies.Cell("none", (ulong)i, 0), TestStudies.Cell("CBAM", (ulong)i, small[i]), TestStudies.Cell("wider", (ulong)i, large[i])])];

        var questions = StudyAnalysis.Questions(cells, [("CBAM", "none"), ("wider", "none")], "Set2", "y", 0.95);

        Assert.Equal(questions[0].Decisive!.Seeds.P!.Value, questions[0].AdjustedP!.Value, 1e-12);
        Assert.Equal(2 * questions[1].Decisive!.Seeds.P!.Value, questions[1].AdjustedP!.Value, 1e-12);
    }

    [Fact]
    public void Questions_TwoOfThem_AreCorrectedTogetherOverImagesToo()
    {
        // Over the images of one seed the gain goes up and down, so p over images is larger than over seeds.
        double[] small = [0.1, 0.3, 0.2, 0.1, 0.3];
        StudyCell[] cells = [.. Enumerable.Range(0, 5).SelectMany(i => (StudyCell[])
            [Five("none", i, 0), Five("CBAM", i, small[i]), Five("wider", i, 1 + small[i])])];

        var questions = StudyAnalysis.Questions(cells, [("CBAM", "none"), ("wider", "none")], "Set2", "y", 0.95);

        Assert.Equal(questions[0].Decisive!.Crossed!.P!.Value, questions[0].AdjustedCrossedP!.Value, 1e-12);
        Assert.Equal(2 * questions[1].Decisive!.Crossed!.P!.Value, questions[1].AdjustedCrossedP!.Value, 1e-12);

        static StudyCell Five(string variant, int seed, double gain)
        {
            var cell = TestStudies.Cell(variant, (ulong)seed, gain);
            double[] same = [.. Enumerable.Repeat(0.8, 5)];
            double[] psnr = [.. Enumerable.Range(0, 5).Select(image => 30 + (gain * (1 + (0.2 * image))))];
            return cell with { Sets = [cell.Sets[0] with { Images = ["a", "b", "c", "d", "e"], Scores = [.. cell.Sets[0].Scores.Select(scores => scores with { Psnr = psnr, Ssim = same })], Overshoot = same, Undershoot = same, Bands = [.. cell.Sets[0].Bands.Select(_ => new StudyBand(same))] }] };
        }
    }

    [Fact]
    public void Arms_FrozenGates_SayWhatLookingAdds()
    {
        var arms = StudyAnalysis.Arms([TestStudies.Cell("none", 1, 0), TestStudies.LookingCell(1, 0.2), TestStudies.LookingCell(2, 0.4), TestStudies.Cell("CBAM", 3, 0)], "Set2", "y", 0.95);

        // Three quarters of 0.2 and of 0.4; the third run was not measured so.
        Assert.Null(arms[0].Looking);
        Assert.Equal((0.225, 2), (Math.Round(arms[1].Looking!.Seeds.Mean, 9), arms[1].Looking!.Seeds.Seeds));
    }

    [Fact]
    public void Arms_Seeds_AreAveraged()
    {
        var arm = TestStudies.Report(0.1, 0.3).Arms.First(arm => arm.Variant == "CBAM");

        var mean = arm.Means.First(mean => mean.Measure == StudyMeasure.Psnr("y"));
        Assert.Equal(31.2, mean.Value, 1e-9);
        Assert.Equal(Math.Sqrt(0.02), mean.SeedDeviation!.Value, 1e-9);
        Assert.Equal(3, arm.Means.First(mean => mean.Measure == StudyMeasure.Error(3)).Value);
    }
}
