using SuperRes.Evaluation.Reports;

namespace SuperRes.Tests.Evaluation.Reports;

public sealed class ReportTextTests
{
    [Theory]
    [InlineData(28.4287, "28.43")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(null, "–")]
    public void Decibels_OfANumber_HasTwoDigits(double? value, string expected) => Assert.Equal(expected, ReportText.Decibels(value));

    [Theory]
    [InlineData(0.0304, "+0.030")]
    [InlineData(-0.5, "−0.500")]
    [InlineData(-0.0001, "0.000")]
    [InlineData(0.0, "0.000")]
    public void SignedDecibels_OfAGain_HasASignUnlessItRoundsToZero(double value, string expected) => Assert.Equal(expected, ReportText.SignedDecibels(value));

    [Theory]
    [InlineData(0.456, "0.46")]
    [InlineData(45.67, "45.7")]
    [InlineData(1234.5, "1,235")]
    public void Milliseconds_OfATime_HasAboutThreeDigits(double value, string expected) => Assert.Equal(expected, ReportText.Milliseconds(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(37_200, "37.2 k")]
    [InlineData(1_517_571, "1.52 M")]
    public void Parameters_OfACount_IsShort(long count, string expected) => Assert.Equal(expected, ReportText.Parameters(count));

    [Fact]
    public void Exact_OfANumber_CanBeReadBack() =>
        Assert.Equal(0.1 + 0.2, double.Parse(ReportText.Exact(0.1 + 0.2), System.Globalization.CultureInfo.InvariantCulture));
}
