using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class CrossedDifferenceTests
{
    // By hand. Row means 2, 3, 4 and column means 1, 3, 5 (mean 3), residuals ±[0.5, -0.5, 0] in rows 1 and 3:
    // MS(seed) = 3·2/2 = 3, MS(image) = 3·8/2 = 12, MS(rest) = 1/4.
    private static readonly double[][] ByHand = [[0.5, 1.5, 4], [1, 3, 5], [1.5, 4.5, 6]];

    [Fact]
    public void Of_SmallTable_IsTheHandComputedAnalysis()
    {
        var result = CrossedDifference.Of(ByHand, 0.95)!;

        Assert.Equal(3, result.Mean, 1e-12);
        Assert.Equal(Math.Sqrt((3 - 0.25) / 3), result.SeedDeviation, 1e-12);
        Assert.Equal(Math.Sqrt((12 - 0.25) / 3), result.ImageDeviation, 1e-12);
        Assert.Equal(0.5, result.RestDeviation, 1e-12);
        // (3 + 12 - 0.25)² / (9/2 + 144/2 + 0.0625/4)
        Assert.Equal(217.5625 / 76.515625, result.Degrees, 1e-12);
        var reach = StudentT.Critical(0.95, result.Degrees) * Math.Sqrt(14.75 / 9);
        Assert.Equal(3 - reach, result.Interval.Low, 1e-12);
        Assert.Null(result.P);
    }

    [Fact]
    public void Of_SeedsThatDoNotDiffer_LeavesTheImages()
    {
        // Only images differ: MS(image) with I - 1 degrees of freedom, which is the one-sample t interval over images.
        var result = CrossedDifference.Of([[1, 2, 6], [1, 2, 6]], 0.95)!;

        Assert.Equal(0, result.SeedDeviation);
        Assert.Equal(2, result.Degrees);
        // Mean 3, deviation √7, t(2) = 4.302653.
        Assert.Equal(3 - (4.302653 * Math.Sqrt(7.0 / 3)), result.Interval.Low, 1e-5);
    }

    [Fact]
    public void Of_RestAlone_PoolsNothingElse()
    {
        // Rows and columns have equal means, so only the rest is left: 8/1 over 1 degree of freedom.
        var result = CrossedDifference.Of([[2, 0], [0, 2]], 0.95)!;

        Assert.Equal(0, result.SeedDeviation);
        Assert.Equal(0, result.ImageDeviation);
        Assert.Equal(2, result.RestDeviation, 1e-12);
        Assert.Equal(1, result.Degrees);
    }

    [Fact]
    public void Of_TwoByTwo_MayHaveLessThanOneDegree()
    {
        // By hand: row means 0.5 and 1.25, column means 0.6 and 1.15, residuals ±0.225: MS(seed) 0.5625, MS(image) 0.3025,
        // MS(rest) 0.2025.
        var result = CrossedDifference.Of([[0, 1], [1.2, 1.3]], 0.95)!;

        Assert.Equal(0.6625 * 0.6625 / ((0.5625 * 0.5625) + (0.3025 * 0.3025) + (0.2025 * 0.2025)), result.Degrees, 1e-9);
        Assert.True(result.Degrees < 1);
        Assert.True(double.IsFinite(result.Interval.High));
    }

    [Fact]
    public void Of_ManyDrawsWithoutEffect_HoldsItsLevel()
    {
        // Seeds 0.05, images 0.1, rest 0.05, no effect: of 2000 intervals about 95 % must hold 0.
        var random = new Random(7);
        var held = Enumerable.Range(0, 2000).Count(_ => CrossedDifference.Of(Draw(random, 8, 12), 0.95)!.Interval.Contains(0));

        Assert.InRange(held / 2000.0, 0.935, 0.975);
    }

    [Fact]
    public void Of_OneSeed_IsNull() => Assert.Null(CrossedDifference.Of([[1, 2, 3]], 0.95));

    private static double[][] Draw(Random random, int seeds, int images)
    {
        double[] image = [.. Enumerable.Range(0, images).Select(_ => 0.1 * Normal(random))];
        return [.. Enumerable.Range(0, seeds).Select(_ =>
        {
            var seed = 0.05 * Normal(random);
            return image.Select(effect => seed + effect + (0.05 * Normal(random))).ToArray();
        })];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
