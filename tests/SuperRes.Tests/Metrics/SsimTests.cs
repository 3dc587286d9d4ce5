using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Tests.Metrics;

public sealed class SsimTests
{
    // structural_similarity of scikit-image 0.19.3: gaussian_weights, sigma 1.5, use_sample_covariance=False, data_range 255.
    [Theory]
    [InlineData(11, 11, 0.9112180074899067)]
    [InlineData(37, 29, 0.9874033685737592)]
    [InlineData(64, 12, 0.9870060703375747)]
    public void Compute_OfAPattern_GivesScikitImagesValue(int width, int height, double expected)
    {
        var result = TestPatterns.Result(width, height, ColorModel.Gray).Values();
        var reference = TestPatterns.Reference(width, height, ColorModel.Gray).Values();

        Assert.Equal(expected, Ssim.Compute(result, reference, width, height, 255), 1e-12);
    }

    // Constant images have no variance: SSIM is (2ab + C1) / (a² + b² + C1), C1 = 6.5025.
    [Fact]
    public void Compute_OfConstantImages_GivesTheLuminanceTerm()
    {
        var (dark, bright) = (Enumerable.Repeat(100.0, 15 * 20).ToArray(), Enumerable.Repeat(150.0, 15 * 20).ToArray());

        Assert.Equal((30000 + 6.5025) / (32500 + 6.5025), Ssim.Compute(dark, bright, 15, 20, 255), 1e-11);
    }

    [Theory]
    [InlineData(11, 11)]
    [InlineData(19, 13)]
    [InlineData(50, 75)]
    public void Compute_OfIdenticalImages_GivesExactlyOne(int width, int height)
    {
        var image = TestPatterns.Noise(width, height, ColorModel.Gray, SampleType.UInt8).Values();
        Assert.Equal(1.0, Ssim.Compute(image, image, width, height, 255));
    }

    [Fact]
    public void Compute_OnAnyNumberOfThreads_GivesTheSameBits()
    {
        var result = TestPatterns.Result(83, 131, ColorModel.Gray).Values();
        var reference = TestPatterns.Reference(83, 131, ColorModel.Gray).Values();
        var one = Ssim.Compute(result, reference, 83, 131, 255, maxThreads: 1);

        Assert.Equal(one, Ssim.Compute(result, reference, 83, 131, 255, maxThreads: 2));
        Assert.Equal(one, Ssim.Compute(result, reference, 83, 131, 255));
    }

    [Fact]
    public void Compute_OfTooSmallAnImage_SaysWhatIsNeeded()
    {
        var error = Assert.Throws<ArgumentException>(() => Ssim.Compute(new double[200], new double[200], 10, 20, 255));
        Assert.Contains("11x11", error.Message, StringComparison.Ordinal);
        Assert.Contains("10x20", error.Message, StringComparison.Ordinal);
    }
}
