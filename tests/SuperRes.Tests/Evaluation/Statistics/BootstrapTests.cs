using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class BootstrapTests
{
    // Ends from enumerating all n^n resamples in Python and interpolating their sorted means.
    public static TheoryData<double[], double, double> Exact() => new()
    {
        { [31.78, 30.18, 22.10, 31.59, 26.46], 24.870, 31.384 },
        { [1, 2, 4, 8, 16, 32, 64], 4.714285714285714, 35.42857142857143 },
        { [0.03, -0.01, 0.05, 0.02, 0.04], 0.006, 0.042 },
    };

    [Theory]
    [MemberData(nameof(Exact))]
    public void OfMean_OfFewValues_AgreesWithEveryResampleEnumerated(double[] values, double low, double high)
    {
        var interval = Bootstrap.OfMean(values, new BootstrapOptions { Resamples = 100_000, Seed = 5 });

        var tolerance = 0.015 * (high - low);
        Assert.NotNull(interval);
        Assert.Equal(low, interval.Value.Low, tolerance);
        Assert.Equal(high, interval.Value.High, tolerance);
    }

    [Fact]
    public void OfMean_WithTheSameSeed_GivesTheSameBits()
    {
        double[] values = [30.1, 28.7, 33.2, 25.4, 29.9, 31.0];
        var options = new BootstrapOptions { Seed = 42 };

        Assert.Equal(Bootstrap.OfMean(values, options), Bootstrap.OfMean(values, options));
        Assert.NotEqual(Bootstrap.OfMean(values, options), Bootstrap.OfMean(values, options with { Seed = 43 }));
    }

    [Fact]
    public void OfMean_AtALowerLevel_IsNarrower()
    {
        double[] values = [30.1, 28.7, 33.2, 25.4, 29.9, 31.0];
        var wide = Bootstrap.OfMean(values, new BootstrapOptions { Level = 0.95 })!.Value;
        var narrow = Bootstrap.OfMean(values, new BootstrapOptions { Level = 0.5 })!.Value;

        Assert.True(wide.Low < narrow.Low && narrow.High < wide.High);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 30.0 })]
    public void OfMean_OfFewerThanTwoValues_IsNull(double[] values) =>
        Assert.Null(Bootstrap.OfMean(values, new BootstrapOptions()));

    [Fact]
    public void OfMean_WithAnInfiniteValue_HasAnInfiniteUpperEnd()
    {
        var interval = Bootstrap.OfMean([30, 31, 32, 33, double.PositiveInfinity], new BootstrapOptions());

        Assert.NotNull(interval);
        Assert.InRange(interval.Value.Low, 30, 33);
        Assert.Equal(double.PositiveInfinity, interval.Value.High);
    }

    [Fact]
    public void OfMean_OfInfiniteValuesOnly_IsInfiniteAtBothEnds() =>
        Assert.Equal(
            new Interval(double.PositiveInfinity, double.PositiveInfinity),
            Bootstrap.OfMean([double.PositiveInfinity, double.PositiveInfinity], new BootstrapOptions()));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Quantile_OfOneToFour_InterpolatesLinearly(double probability, double expected) =>
        Assert.Equal(expected, Bootstrap.Quantile([1, 2, 3, 4], probability), 1e-12);

    [Fact]
    public void Validate_OfWrongOptions_ReportsEveryFault()
    {
        Assert.Empty(new BootstrapOptions().Validate());
        Assert.Equal(2, new BootstrapOptions { Level = 95, Resamples = 3 }.Validate().Count);
        Assert.Single(new BootstrapOptions { Level = double.NaN }.Validate());
    }
}
