using SuperRes.Evaluation.Reports.Html;

namespace SuperRes.Tests.Evaluation.Reports.Html;

public sealed class ChartAxisTests
{
    [Fact]
    public void Linear_OfSomeValues_HasRoundTicksAndAMargin()
    {
        // 20 to 30 with 4 % either side is 19.6 to 30.4 on 0 to 1080: 100 per unit, so 20 lies at 40.
        var axis = ChartAxis.Linear([30, 20, 25], 0, 1080, 5);

        Assert.Equal([20, 25, 30], axis.Ticks);
        Assert.Equal(40, axis.Map(20), 1e-9);
        Assert.Equal(540, axis.Map(25), 1e-9);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 100)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(1000, 100)]
    public void Map_OfWhatLiesOutside_StaysOnTheAxis(double value, double expected) =>
        Assert.Equal(expected, ChartAxis.Linear([20, 30, double.PositiveInfinity], 0, 100, 5).Map(value));

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 30.0 })]
    [InlineData(new[] { double.PositiveInfinity })]
    public void Linear_OfOneOrNoValue_StillHasAnExtent(double[] values)
    {
        var axis = ChartAxis.Linear(values, 0, 100, 5);
        Assert.True(double.IsFinite(axis.Map(30)));
        Assert.NotEmpty(axis.Ticks);
    }

    [Fact]
    public void Logarithmic_OverThreePowers_TicksPowersOnly() =>
        Assert.Equal([1, 10, 100, 1000], ChartAxis.Logarithmic([1, 1000], 0, 100).Ticks);

    [Fact]
    public void SignedLogarithmic_SmallAndLargeOfBothSigns_StandApart()
    {
        // asinh(50) = 4.605 and asinh(0.5) = 0.481: a hundredth is a tenth of the way to a whole, where it were a hundredth.
        var axis = ChartAxis.SignedLogarithmic([-1, 1], 0.02, 0, 100);

        Assert.Equal([-0.5, -0.1, -0.02, 0, 0.02, 0.1, 0.5], axis.Ticks.Select(tick => Math.Round(tick, 12)));
        Assert.Equal(50, axis.Map(0), 1e-9);
        Assert.Equal(0.1045, (axis.Map(0.01) - 50) / (axis.Map(1) - 50), 1e-4);
        Assert.Equal(100, axis.Map(1) + axis.Map(-1), 1e-9);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 0.0 })]
    [InlineData(new[] { double.NegativeInfinity, double.NaN })]
    public void SignedLogarithmic_OfNothing_StillHasAnExtent(double[] values)
    {
        var axis = ChartAxis.SignedLogarithmic(values, 0.02, 0, 100);
        Assert.Contains(0, axis.Ticks);
        Assert.InRange(axis.Map(0.001) - axis.Map(0), 1, 50);
    }

    [Fact]
    public void Logarithmic_OfEqualRatios_KeepsEqualDistances()
    {
        var axis = ChartAxis.Logarithmic([1, 100], 0, 100);
        Assert.Equal(axis.Map(10) - axis.Map(1), axis.Map(100) - axis.Map(10), 1e-9);
    }
}
