using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class AnswerTests
{
    [Fact]
    public void Sentence_NoEffect_SaysWhatCanBeRuledOut() =>
        Assert.Equal(
            "CBAM changes ESPCN x4 by +0.030 dB [-0.010, +0.070] over 8 seeds; seed noise is 0.048 dB: no effect can be told; one beyond 0.070 dB either way is unlikely.",
            Answer.Sentence("CBAM", "ESPCN x4", " dB", Difference(8, 0.03, 0.04, 0.048, 0.12), 0.24, null));

    [Fact]
    public void Sentence_EffectOverSeedsAndImages_SaysSo()
    {
        Assert.EndsWith("it helps, also on other images of the kind.", Answer.Sentence("CBAM", "EDSR x4", " dB", Difference(8, 0.2, 0.05, 0.06, 0.001), 0.002, 0.004));
        Assert.EndsWith(
            "it helps on these images; over other images of the kind it can't be told.",
            Answer.Sentence("CBAM", "EDSR x4", " dB", Difference(8, 0.2, 0.05, 0.06, 0.001), 0.002, 0.06));
    }

    [Fact]
    public void Sentence_TooFewImages_SaysNothingOfOthers()
    {
        Assert.EndsWith("it helps, on these images.", Answer.Sentence("CBAM", "EDSR x4", " dB", Difference(5, 0.2, 0.05, 0.06, 0.001), 0.002, null));
    }

    [Fact]
    public void Sentence_AtAnotherLevel_ClaimsAtThat() =>
        Assert.Contains("no effect can be told", Answer.Sentence("CBAM", "EDSR x4", " dB", Difference(8, 0.05, 0.11, 0.06, 0.03), 0.03, null, level: 0.995));

    [Fact]
    public void Sentence_SignificantOnlyBeforeCorrection_ClaimsNothing() =>
        Assert.Contains("no effect can be told", Answer.Sentence("CBAM", "EDSR x4", " dB", Difference(8, 0.2, 0.19, 0.06, 0.03), 0.09, null));

    [Fact]
    public void Sentence_FourSeeds_ClaimsNothing() =>
        Assert.Equal(
            "CBAM changes EDSR x4 by -0.30 dB [-0.40, -0.20] over 4 seeds; seed noise is 0.06 dB: too few seeds to claim an effect (it takes 5).",
            Answer.Sentence("CBAM", "EDSR x4", " dB", Difference(4, -0.3, 0.1, 0.06, null), null, null));

    [Fact]
    public void Sentence_OneSeed_SaysThatNothingIsKnown() =>
        Assert.StartsWith("CBAM changes EDSR x4 by +0.30 dB in one seed", Answer.Sentence("CBAM", "EDSR x4", " dB", new SeedDifference { Mean = 0.3, Seeds = 1 }, null, null));

    [Fact]
    public void Sentence_ChangeThatRoundsToNothing_HasNoSign() =>
        Assert.StartsWith("CBAM changes EDSR x4 by 0.00 dB [-0.20, +0.20]", Answer.Sentence("CBAM", "EDSR x4", " dB", Difference(5, -0.0004, 0.2, 0.06, 0.9), 0.9, null));

    private static SeedDifference Difference(int seeds, double mean, double reach, double noise, double? p) =>
        new() { Mean = mean, Seeds = seeds, SeedNoise = noise, Interval = new Interval(mean - reach, mean + reach), P = p };
}
