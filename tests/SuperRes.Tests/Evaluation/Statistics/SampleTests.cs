using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class SampleTests
{
    [Theory]
    [InlineData(new[] { 5.0, 1, 9 }, 5)]
    [InlineData(new[] { 4.0, 1, 9, 2 }, 3)]
    [InlineData(new double[0], double.NaN)]
    public void Median_OfOddEvenAndNoValues_IsTheMiddle(double[] values, double expected) =>
        Assert.Equal(expected, Sample.Median(values));

    [Fact]
    public void Mean_WithAnInfiniteValue_IsInfinite()
    {
        Assert.Equal(2.5, Sample.Mean([1, 2, 3, 4]));
        Assert.Equal(double.PositiveInfinity, Sample.Mean([1, double.PositiveInfinity]));
    }
}
