using SuperRes.Imaging.Data.Degrading;

namespace SuperRes.Imaging.Tests.Data.Degrading;

public sealed class BlurKernelTests
{
    [Theory]
    [InlineData(1, 0.44005058574493355)] // Abramowitz and Stegun, table 9.1
    [InlineData(3.8317059702075125, 0)]
    [InlineData(10, 0.04347274616886144)]
    [InlineData(20, 0.06683312417584991)]
    public void BesselJ1_AtTabulatedPlaces_IsTheTables(double x, double expected) => Assert.Equal(expected, BlurKernel.BesselJ1(x), 1e-9);

    /// <summary>Far finer than the pixels, sums over them are integrals: weights sum to 1, and their second moment is the variance.</summary>
    [Theory]
    [InlineData(1.6)]
    [InlineData(5)]
    public void Gaussian_OfADeviation_HasIt(double sigma)
    {
        var kernel = BlurKernel.Gaussian(sigma);

        var radius = kernel.Side / 2;
        Assert.Equal(1, kernel.Weights.Sum(weight => (double)weight), 1e-6);
        Assert.Equal(sigma * sigma, kernel.Weights.Select((weight, i) => weight * Math.Pow((i % kernel.Side) - radius, 2)).Sum(), sigma * sigma * 0.002);
        Assert.Equal(sigma * sigma, kernel.Weights.Select((weight, i) => weight * Math.Pow((i / kernel.Side) - radius, 2)).Sum(), sigma * sigma * 0.002);
        // A Gaussian's height in two dimensions.
        Assert.Equal(1 / (2 * Math.PI * sigma * sigma), kernel.Weights[kernel.Weights.Length / 2], 1e-4);
    }
}
