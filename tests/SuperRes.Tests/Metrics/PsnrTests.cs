using SuperRes.Metrics;

namespace SuperRes.Tests.Metrics;

public sealed class PsnrTests
{
    [Fact]
    public void Compute_WithAnErrorOfOneLevelEverywhere_Gives48Decibels()
    {
        // 20 log10(255), the figure that every textbook prints.
        double[] reference = [10, 20, 30, 40, 50, 60, 70];
        double[] result = [11, 19, 31, 39, 51, 59, 71];

        Assert.Equal(48.130803608679, Psnr.Compute(result, reference, 255), 1e-9);
    }

    [Fact]
    public void Compute_OfIdenticalSamples_GivesInfinity() =>
        Assert.Equal(double.PositiveInfinity, Psnr.Compute([1, 2, 3], [1, 2, 3], 255));

    [Fact]
    public void Compute_WithASampleThatIsNaN_GivesNaN()
    {
        Assert.Equal(double.NaN, Psnr.Compute([1, double.NaN, 3], [1, 2, 3], 255));
        Assert.Equal(double.NaN, Psnr.FromMeanSquaredError(-double.NaN, 255));
        Assert.Throws<ArgumentOutOfRangeException>(() => Psnr.FromMeanSquaredError(-1, 255));
    }

    [Fact]
    public void Compute_OfDifferentLengths_Throws()
    {
        Assert.Throws<ArgumentException>(() => Psnr.Compute([1, 2], [1], 255));
        Assert.Throws<ArgumentException>(() => Psnr.Compute([], [], 255));
    }
}
