using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Tests.Resampling;

/// <summary>Constants of <see cref="TestPatterns.Small"/> come from MATLAB's definition as dense matrices in numpy 1.24.</summary>
public sealed class MatlabResizeTests
{
    [Theory]
    [InlineData(ResizeKernel.Nearest, new[] { 64.0, 98, 172, 232, 38, 140 })]
    [InlineData(ResizeKernel.Box, new[] { 73.75, 128.5, 112.25, 206.75, 90.5, 159.25 })]
    [InlineData(ResizeKernel.Bilinear, new[] { 75.890625, 122.125, 117.109375, 200.734375, 129.763889, 149.765625 })]
    [InlineData(ResizeKernel.Bicubic, new[] { 62.630095, 124.457827, 114.680367, 213.326427, 127.926059, 151.015285 })]
    [InlineData(ResizeKernel.Lanczos2, new[] { 62.347556, 125.026535, 114.436297, 213.58144, 127.717234, 151.261613 })]
    [InlineData(ResizeKernel.Lanczos3, new[] { 55.304309, 128.033922, 112.169762, 219.009344, 127.417681, 151.704387 })]
    public void ToSize_Shrinking_GivesNumpysValues(ResizeKernel kernel, double[] expected) =>
        AssertClose(expected, MatlabResize.ToSize(SmallFloat(), 3, 2, new ResizeOptions { Kernel = kernel }));

    [Theory]
    [InlineData(ResizeKernel.Nearest, new[] { 11.0, 48, 159, 159, 88, 91 }, new[] { 232.0, 226, 38, 38, 180, 140 })]
    [InlineData(ResizeKernel.Box, new[] { 11.0, 48, 159, 159, 88, 91 }, new[] { 232.0, 226, 38, 38, 180, 140 })]
    [InlineData(ResizeKernel.Bilinear, new[] { 11, 38.75, 112.75, 129.416667, 88.75, 91 }, new[] { 232, 227.5, 116.333333, 97.166667, 170, 140 })]
    [InlineData(ResizeKernel.Bicubic, new[] { 7.323837, 27.16332, 121.414676, 140.802176, 82.293555, 87.347552 }, new[] { 232.512135, 243.973867, 100.665509, 78.778009, 181.203008, 140.259253 })]
    [InlineData(ResizeKernel.Lanczos2, new[] { 6.623215, 24.051053, 120.936004, 141.457461, 81.012299, 86.611609 }, new[] { 232.58422, 247.370793, 100.679909, 77.572442, 182.614626, 140.319221 })]
    [InlineData(ResizeKernel.Lanczos3, new[] { 10.043199, 17.031333, 125.481623, 149.134951, 76.63367, 84.34678 }, new[] { 226.391449, 257.397932, 92.519179, 66.532449, 190.139215, 139.794609 })]
    public void ToSize_Enlarging_GivesNumpysValues(ResizeKernel kernel, double[] firstRow, double[] lastRow)
    {
        var result = MatlabResize.ToSize(SmallFloat(), 6, 5, new ResizeOptions { Kernel = kernel });

        AssertClose(firstRow, result.Crop(0, 0, 6, 1));
        AssertClose(lastRow, result.Crop(0, 4, 6, 1));
    }

    [Fact]
    public void ToSize_OfMoreSamplesThanABufferHolds_IsRefusedBeforeAnythingIsMade()
    {
        var image = SmallFloat();
        Assert.Throws<NotSupportedException>(() => MatlabResize.ToSize(image, 10_000_000, 10_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<NotSupportedException>(() => MatlabResize.ToSize(image, 10_000_000, 10_000_000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void ToSize_Cancelled_ThrowsBeforeAnythingIsMade()
    {
        var image = SmallFloat();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<OperationCanceledException>(() => MatlabResize.ToSize(image, 10_000_000, 1, cancellationToken: new CancellationToken(canceled: true)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    // Width shrinks and height grows, so the horizontal pass comes first and is rounded.
    [Theory]
    [InlineData(ResizeKernel.Box, new byte[] { 30, 159, 90, 30, 159, 90, 118, 98, 135, 185, 143, 159, 185, 143, 159, 229, 38, 160, 229, 38, 160 })]
    [InlineData(ResizeKernel.Bicubic, new byte[] { 16, 125, 87, 46, 119, 108, 98, 114, 142, 152, 140, 147, 198, 159, 144, 223, 126, 150, 234, 103, 154 })]
    [InlineData(ResizeKernel.Lanczos3, new byte[] { 12, 129, 83, 43, 118, 110, 95, 114, 142, 153, 143, 148, 198, 160, 142, 224, 130, 147, 233, 98, 152 })]
    public void ToSize_Of8Bits_RoundsBetweenThePasses(ResizeKernel kernel, byte[] expected)
    {
        var image = ImageBuffer.FromSamples(5, 4, ColorModel.Gray, Array.ConvertAll(TestPatterns.Small, value => (byte)value));

        Assert.Equal(expected, MatlabResize.ToSize(image, 3, 7, new ResizeOptions { Kernel = kernel }).Samples<byte>().ToArray());
    }

    [Fact]
    public void ToSize_Of16Bits_RoundsToIntegers()
    {
        var image = ImageBuffer.FromSamples(5, 4, ColorModel.Gray, Array.ConvertAll(TestPatterns.Small, value => (ushort)(257 * value)));

        Assert.Equal(
            [4976, 27614, 28300, 26732, 38465, 37091, 36602, 37006, 62049, 36662, 34997, 37374],
            MatlabResize.ToSize(image, 4, 3).Samples<ushort>().ToArray());
    }

    // At x2 the phases are 1/4 and 3/4. Keys' kernel by hand: 1.5|x|³ - 2.5|x|² + 1, then -0.5|x|³ + 2.5|x|² - 4|x| + 2.
    [Fact]
    public void ToSize_OfAnImpulse_ShowsTheCubicKernel()
    {
        var impulse = ImageBuffer.FromSamples(7, 1, ColorModel.Gray, new float[] { 0, 0, 0, 1, 0, 0, 0 });

        Assert.Equal(
            [0, 0, 0, -0.0234375f, -0.0703125f, 0.2265625f, 0.8671875f, 0.8671875f, 0.2265625f, -0.0703125f, -0.0234375f, 0, 0, 0],
            MatlabResize.ToSize(impulse, 14, 1).Samples<float>().ToArray());
    }

    [Fact]
    public void ToSize_WithOvershoot_ClipsIntegersAndKeepsFloats()
    {
        var bytes = ImageBuffer.FromSamples(4, 1, ColorModel.Gray, new byte[] { 0, 0, 255, 255 });
        var floats = bytes.ConvertTo(SampleType.Float32);

        Assert.Equal(255, MatlabResize.ToSize(bytes, 8, 1).Samples<byte>()[5]);

        // White but for the first of four samples, whose weight at the distance 1.25 is -0.0703125.
        Assert.Equal(1.0703125f, MatlabResize.ToSize(floats, 8, 1).Samples<float>()[5], 1e-6f);
    }

    [Fact]
    public void ToSize_WithoutAntialiasing_KeepsTheKernelNarrow() =>
        AssertClose(
            [93.561035, 93.11084, 201.556152, 194.365723],
            MatlabResize.ToSize(SmallFloat(), 2, 2, new ResizeOptions { Antialias = false }));

    [Fact]
    public void ByScale_OfAnOddSize_RoundsSidesUpAndMapsByTheFactor()
    {
        var result = MatlabResize.ByScale(SmallFloat(), 0.3);

        Assert.Equal((2, 2), (result.Width, result.Height));
        AssertClose([122.124067, 128.325448, 164.153782, 136.864356], result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void ByScale_WithAnImpossibleFactor_Throws(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MatlabResize.ByScale(SmallFloat(), scale));

    [Fact]
    public void ToSize_Cancelled_Throws()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => MatlabResize.ToSize(SmallFloat(), 5, 500, cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(
            () => MatlabResize.ToSize(SmallFloat(), 5, 500, new ResizeOptions { MaxThreads = 1 }, cancelled));
    }

    private static ImageBuffer SmallFloat() =>
        ImageBuffer.FromSamples(5, 4, ColorModel.Gray, Array.ConvertAll(TestPatterns.Small, value => (float)value));

    private static void AssertClose(double[] expected, ImageBuffer actual)
    {
        var values = actual.Values();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            // Float samples near 256 are 1.5e-5 apart.
            Assert.Equal(expected[i], values[i], 2e-5);
        }
    }
}
