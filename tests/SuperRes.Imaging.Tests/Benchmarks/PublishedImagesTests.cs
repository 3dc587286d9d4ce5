using SuperRes.Metrics;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Tests.Benchmarks;

/// <summary>The low-resolution images that MATLAB made, and the table that everybody prints first.</summary>
public sealed class PublishedImagesTests
{
    [Theory]
    [InlineData("Set5", 2)]
    [InlineData("Set5", 3)]
    [InlineData("Set5", 4)]
    [InlineData("Set14", 2)]
    [InlineData("Set14", 3)]
    [InlineData("Set14", 4)]
    public void Degrade_OfAPublishedSet_ReproducesEverySample(string set, int scale)
    {
        foreach (var (name, high, low) in BenchmarkSet.Read(set, scale))
        {
            var made = Degradation.Degrade(high, scale);

            Assert.Equal((low.Width, low.Height, low.Color), (made.Width, made.Height, made.Color));
            var differing = made.Samples<byte>().ToArray().Zip(low.Samples<byte>().ToArray()).Count(pair => pair.First != pair.Second);
            Assert.True(differing == 0, $"{name} x{scale}: {differing} of {made.Samples<byte>().Length} samples differ.");
        }
    }

    [Fact]
    public void Degrade_WithoutRoundingBetweenThePasses_DoesNotReproduceThem()
    {
        var (_, high, low) = BenchmarkSet.Read("Set5", 4).First();
        var made = MatlabResize.ToSize(
            Degradation.CropToMultiple(high, 4), low.Width, low.Height, new ResizeOptions { RoundBetweenPasses = false });

        var differing = made.Samples<byte>().ToArray().Zip(low.Samples<byte>().ToArray()).Count(pair => pair.First != pair.Second);
        Assert.InRange((double)differing / low.Samples<byte>().Length, 0.05, 0.20);
    }

    // Computed independently, with every resize in MATLAB's 8-bit mode.
    [Theory]
    [InlineData("Set5", 2, 33.673, 0.9303)]
    [InlineData("Set5", 3, 30.403, 0.8689)]
    [InlineData("Set5", 4, 28.429, 0.8111)]
    [InlineData("Set14", 2, 30.325, 0.8699)]
    [InlineData("Set14", 3, 27.631, 0.7759)]
    [InlineData("Set14", 4, 26.088, 0.7048)]
    public void Measure_OfBicubicByProtocolY_GivesThePublishedTable(string set, int scale, double psnr, double ssim)
    {
        var scores = BenchmarkSet.Read(set, scale).Select(pair => MeasureBicubic(pair.High, pair.Low, scale)).ToArray();

        Assert.InRange(scores.Average(score => score.Psnr), psnr - 0.005, psnr + 0.005);
        Assert.InRange(scores.Average(score => score.Ssim), ssim - 0.0005, ssim + 0.0005);
    }

    [Fact]
    public void Measure_WithGrayUsedDirectly_ReadsSet14AsMatlabScriptsDo()
    {
        var scores = BenchmarkSet.Read("Set14", 4).Select(pair => MeasureBicubic(pair.High, pair.Low, 4)).ToArray();

        Assert.Single(scores, score => score.PsnrGrayDirect is not null);
        Assert.InRange(scores.Average(score => score.PsnrGrayDirect ?? score.Psnr), 25.989, 25.999);
    }

    private static QualityScore MeasureBicubic(ImageBuffer high, ImageBuffer low, int scale)
    {
        var reference = Degradation.CropToMultiple(high, scale);
        return Protocols.Y.Measure(MatlabResize.ToSize(low, reference.Width, reference.Height), reference, scale);
    }
}
