using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Tests.Resampling;

public sealed class DegradationTests
{
    [Fact]
    public void CropToMultiple_OfAnOddSize_CutsRightAndBottom()
    {
        var image = ImageBuffer.FromSamples(3, 3, ColorModel.Gray, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 });

        Assert.Equal([1, 2, 4, 5], Degradation.CropToMultiple(image, 2).Samples<byte>().ToArray());
        Assert.Same(image, Degradation.CropToMultiple(image, 3));
    }

    [Fact]
    public void CropToMultiple_OfTooSmallAnImage_SaysWhatIsNeeded()
    {
        var error = Assert.Throws<ArgumentException>(() => Degradation.CropToMultiple(new ImageBuffer(9, 3, ColorModel.Rgb, SampleType.UInt8), 4));
        Assert.Contains("9x3", error.Message, StringComparison.Ordinal);
        Assert.Contains("at least 4", error.Message, StringComparison.Ordinal);
    }

    // 1.0 / 49 * 98 is 2 only after rounding: sides come from division, not from ceil.
    [Fact]
    public void Degrade_AtEveryScale_MakesSidesOfExactlyOneScaleth()
    {
        for (var scale = 1; scale <= 64; scale++)
        {
            var low = Degradation.Degrade(new ImageBuffer((3 * scale) + (scale / 2), 2 * scale, ColorModel.Gray, SampleType.UInt8), scale);
            Assert.Equal((3, 2), (low.Width, low.Height));
        }
    }

    // imresize of an impulse by 1/2: the kernel stretched to 8 samples, at quarters, halved. By hand from Keys' formulas.
    [Fact]
    public void Degrade_OfAnImpulse_ShowsTheStretchedKernel()
    {
        var image = new ImageBuffer(12, 2, ColorModel.Gray, SampleType.Float32);
        image.Row<float>(0)[6] = 1;
        image.Row<float>(1)[6] = 1;

        Assert.Equal(
            [0, -0.01171875f, 0.11328125f, 0.43359375f, -0.03515625f, 0],
            Degradation.Degrade(image, 2).Samples<float>().ToArray());
    }
}
