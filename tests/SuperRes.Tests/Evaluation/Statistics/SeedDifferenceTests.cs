using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class SeedDifferenceTests
{
    // Student 1908, "The probable error of a mean", section VIII: additional hours of sleep by two drugs, on ten
    // patients. The paired differences have mean 1.58 and, as later printed everywhere (R's ?sleep), t = 4.0621 with
    // 9 degrees of freedom, p = 0.002833, interval [0.7001, 2.4599].
    private static readonly double[] Sleep = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];

    [Fact]
    public void Of_StudentsSleepData_IsThePublishedTest()
    {
        var result = SeedDifference.Of(Sleep, 0.95);

        Assert.Equal(1.58, result.Mean, 1e-12);
        Assert.Equal(0.7001142, result.Interval!.Value.Low, 1e-6);
        Assert.Equal(2.4598858, result.Interval.Value.High, 1e-6);
        Assert.Equal(0.00283289, result.P!.Value, 1e-7);
        Assert.Equal(1.229995, result.SeedNoise!.Value, 1e-5);
        Assert.Equal(4.0621 / Math.Sqrt(10), result.Effect!.CohensD, 1e-4);
    }

    [Fact]
    public void Of_FourSeeds_HasAnIntervalAndNoP()
    {
        // Mean 0.2, standard deviation √(0.02/3), t(3) = 3.182446.
        var result = SeedDifference.Of([0.1, 0.2, 0.2, 0.3], 0.95);

        Assert.Null(result.P);
        Assert.Equal(0.2 - (3.182446 * Math.Sqrt(0.02 / 3) / 2), result.Interval!.Value.Low, 1e-6);
    }

    [Fact]
    public void Of_OneSeed_HasAMeanOnly() =>
        Assert.Equal(new SeedDifference { Mean = 0.5, Seeds = 1 }, SeedDifference.Of([0.5], 0.95));

    [Fact]
    public void Of_NoNoise_IsCertain()
    {
        var result = SeedDifference.Of([0.25, 0.25, 0.25, 0.25, 0.25], 0.95);

        Assert.Equal(0, result.P);
        Assert.Equal(new Interval(0.25, 0.25), result.Interval);
        Assert.Null(result.Effect);
    }

    [Fact]
    public void Of_NoDifferenceAtAll_IsNone() => Assert.Equal(1, SeedDifference.Of([0, 0, 0, 0, 0], 0.95).P);

    [Fact]
    public void Of_Nothing_Throws() => Assert.Throws<ArgumentException>(() => SeedDifference.Of([], 0.95));
}
