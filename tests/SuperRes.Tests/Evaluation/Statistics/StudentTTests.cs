using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class StudentTTests
{
    // NIST/SEMATECH e-Handbook, table 1.3.6.7.2 (three digits), columns 0.95 and 0.975 and 0.995 one-sided.
    [Theory]
    [InlineData(0.90, 1, 6.314)]
    [InlineData(0.95, 1, 12.706)]
    [InlineData(0.95, 2, 4.303)]
    [InlineData(0.95, 4, 2.776)]
    [InlineData(0.95, 7, 2.365)]
    [InlineData(0.95, 10, 2.228)]
    [InlineData(0.99, 10, 3.169)]
    [InlineData(0.99, 30, 2.750)]
    [InlineData(0.95, 100, 1.984)]
    public void Critical_WholeDegrees_IsThePublishedTable(double level, double degrees, double expected) =>
        Assert.Equal(expected, StudentT.Critical(level, degrees), 5e-4);

    [Fact]
    public void Critical_OneDegree_IsTheCauchyQuantile() =>
        Assert.Equal(Math.Tan(Math.PI * 0.475), StudentT.Critical(0.95, 1), 1e-11);

    // For two degrees of freedom, t = (2p - 1) / √(2 p (1 - p)) in closed form.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.999)]
    public void Critical_TwoDegrees_IsTheClosedForm(double level)
    {
        var p = (1 + level) / 2;
        Assert.Equal(level / Math.Sqrt(2 * p * (1 - p)), StudentT.Critical(level, 2), 1e-11);
    }

    // The normal quantile z and the first term of its expansion, (z³ + z) / (4n): Abramowitz and Stegun 26.7.5.
    [Fact]
    public void Critical_ManyDegrees_IsTheExpansionAboutTheNormal()
    {
        const double Z = 1.959963984540054;
        Assert.Equal(Z + (((Z * Z * Z) + Z) / 4e5), StudentT.Critical(0.95, 1e5), 1e-9);
    }

    // For three degrees of freedom, F(t) = 1/2 + (atan(u) + u / (1 + u²)) / π with u = t / √3, and the two tails are 2 F(-|t|).
    [Theory]
    [InlineData(-2.5)]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(7)]
    public void TwoSided_ThreeDegrees_IsTheClosedForm(double t)
    {
        var u = -Math.Abs(t) / Math.Sqrt(3);
        Assert.Equal(1 + (2 * (Math.Atan(u) + (u / (1 + (u * u)))) / Math.PI), StudentT.TwoSided(t, 3), 1e-13);
    }

    [Fact]
    public void Critical_FractionalDegrees_LiesBetweenItsNeighbours()
    {
        var t = StudentT.Critical(0.95, 4.5);
        Assert.InRange(t, StudentT.Critical(0.95, 5) + 1e-3, StudentT.Critical(0.95, 4) - 1e-3);
        Assert.Equal(0.05, StudentT.TwoSided(t, 4.5), 1e-12);
    }

    // Far out a t distribution falls as t to the power of minus its degrees: twice as far is 2^-1/2 as likely for 1/2.
    [Fact]
    public void TwoSided_LessThanOneDegree_FallsSlowly() =>
        Assert.Equal(Math.Sqrt(0.5), StudentT.TwoSided(2e8, 0.5) / StudentT.TwoSided(1e8, 0.5), 1e-9);

    [Fact]
    public void TwoSided_Infinite_IsZero() => Assert.Equal(0, StudentT.TwoSided(double.PositiveInfinity, 4));
}
