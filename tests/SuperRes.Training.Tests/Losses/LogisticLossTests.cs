using SuperRes.Training.Losses;

namespace SuperRes.Training.Tests.Losses;

public sealed class LogisticLossTests
{
    [Theory]
    [InlineData(0, true, 0.6931471805599453, -0.5)] // ln 2
    [InlineData(2, true, 0.12692801104297263, -0.11920292202211755)] // ln(1 + e^-2), -1 / (1 + e^2)
    [InlineData(2, false, 2.1269280110429727, 0.8807970779778825)]
    [InlineData(-200, true, 200, -1)]
    [InlineData(200, true, 0, 0)]
    public void Evaluate_OfOneLogit_ByHand(float logit, bool real, double loss, double gradient)
    {
        var (logits, gradients) = (new FeatureBatch(1, 1, 1, 1), new FeatureBatch(1, 1, 1, 1));
        logits.Values[0] = logit;

        Assert.Equal(3 * loss, LogisticLoss.Evaluate(logits, real, 3, gradients), 1e-9);
        Assert.Equal(3 * gradient, gradients.Values[0], 1e-6);
    }

    [Fact]
    public void Evaluate_OfABatch_IsTheMean()
    {
        var (logits, gradients) = (new FeatureBatch(2, 1, 1, 1), new FeatureBatch(2, 1, 1, 1));
        logits.Values[1] = 2;

        Assert.Equal((0.6931471805599453 + 0.12692801104297263) / 2, LogisticLoss.Evaluate(logits, real: true, 1, gradients), 1e-9);
        Assert.Equal([-0.25f, -0.0596014611f], gradients.Values);
    }
}
