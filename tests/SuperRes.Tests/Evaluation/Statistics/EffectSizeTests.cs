using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class EffectSizeTests
{
    // By hand, from Γ(n) = (n - 1)! and Γ(n + 1/2) = (2n)! √π / (4^n n!).
    public static TheoryData<int, double> ByHand => new()
    {
        { 2, 1 / Math.Sqrt(Math.PI) },
        { 4, Math.Sqrt(2 / Math.PI) },
        { 6, 4 / Math.Sqrt(3) * 2 / 3 / Math.Sqrt(Math.PI) },
        { 10, 384 / (105 * Math.Sqrt(5 * Math.PI)) },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Correction_Degrees_IsTheClosedForm(int degrees, double expected) =>
        Assert.Equal(expected, EffectSize.Correction(degrees), 1e-12);

    [Fact]
    public void Of_ThreeDifferences_IsMeanOverDeviation()
    {
        // Mean 2, standard deviation 1; J(2) = 1/√π.
        var effect = EffectSize.Of([1, 2, 3])!;

        Assert.Equal(2, effect.CohensD, 1e-12);
        Assert.Equal(2 / Math.Sqrt(Math.PI), effect.HedgesG, 1e-12);
    }

    [Fact]
    public void Of_OneDifference_IsNull() => Assert.Null(EffectSize.Of([1]));
}
