using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class HolmTests
{
    [Fact]
    public void Adjust_FourQuestions_IsTheWorkedExample()
    {
        // By hand: sorted 0.005·4, 0.01·3, 0.03·2, max(0.06, 0.04·1).
        var adjusted = Holm.Adjust([0.01, 0.04, 0.03, 0.005]);

        double[] expected = [0.03, 0.06, 0.06, 0.02];
        Assert.All(expected.Zip(adjusted), pair => Assert.Equal(pair.First, pair.Second!.Value, 1e-12));
    }

    [Fact]
    public void Adjust_LargeValues_StayAtOne() => Assert.Equal([1.0, 1.0], Holm.Adjust([0.9, 0.6]));

    [Fact]
    public void Adjust_QuestionsWithoutP_AreNotCounted() => Assert.Equal([null, 0.02, 0.02], Holm.Adjust([null, 0.01, 0.02]));
}
