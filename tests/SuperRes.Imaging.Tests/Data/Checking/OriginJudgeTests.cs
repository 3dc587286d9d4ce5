using SuperRes.Imaging.Data.Checking;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Tests.Data.Checking;

public sealed class OriginJudgeTests
{
    private readonly ImageBuffer _high = TestImages.Create(61, 47, seed: 3);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Judge_OfMatlabsImage_SaysMatlab(int scale)
    {
        var report = Judge(Degradation.Degrade(_high, scale), scale);

        Assert.Equal((LowResolutionOrigin.Matlab, 0.0, 0, double.PositiveInfinity), (report.Origin, report.DifferingShare, report.LargestDifference, report.Psnr));
    }

    [Fact]
    public void Judge_OfAnImageMadeWithoutCropping_SaysMatlab()
    {
        var report = OriginJudge.Judge("a", _high, MatlabResize.ByScale(_high, 1.0 / 8), scale: 8, PairFit.RoundedUp);

        Assert.Equal(LowResolutionOrigin.Matlab, report.Origin);
    }

    [Fact]
    public void Judge_OfMatlabsMethodInFloat_SaysWithinRounding()
    {
        var low = MatlabResize.ToSize(Degradation.CropToMultiple(_high, 4), 15, 11, ResizeOptions.Default with { RoundBetweenPasses = false });

        var report = Judge(low, 4);

        Assert.Equal((LowResolutionOrigin.MatlabWithinRounding, 1), (report.Origin, report.LargestDifference));
        Assert.InRange(report.DifferingShare, 0.01, 0.4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Judge_OfPillowsImage_SaysPillow(bool cropsFirst)
    {
        var report = Judge(PillowBicubic.Shrink(cropsFirst ? _high.Crop(0, 0, 60, 44) : _high, 15, 11), 4);

        Assert.Equal(LowResolutionOrigin.Pillow, report.Origin);
        Assert.True(report.LargestDifference > 1);
    }

    [Theory]
    [InlineData(ResizeKernel.Box, true, "area averaging")]
    [InlineData(ResizeKernel.Bilinear, true, "antialiased bilinear")]
    [InlineData(ResizeKernel.Lanczos3, true, "antialiased Lanczos")]
    [InlineData(ResizeKernel.Nearest, true, "nearest neighbour")]
    [InlineData(ResizeKernel.Bicubic, false, "bicubic without antialiasing, as in OpenCV")]
    public void Judge_OfAnotherMethod_NamesIt(ResizeKernel kernel, bool antialias, string expected)
    {
        var low = MatlabResize.ToSize(Degradation.CropToMultiple(_high, 4), 15, 11, new ResizeOptions { Kernel = kernel, Antialias = antialias });

        var report = Judge(low, 4);

        Assert.Equal((LowResolutionOrigin.Other, expected), (report.Origin, report.Closest));
    }

    [Fact]
    public void Judge_OfAGrayOriginalAndThreeEqualChannels_Compares()
    {
        var high = TestImages.Create(24, 20, seed: 4, ColorModel.Gray);
        var gray = Degradation.Degrade(high, 4);
        var rgb = ImageBuffer.FromSamples(6, 5, ColorModel.Rgb, gray.Samples<byte>().ToArray().SelectMany(value => new[] { value, value, value }).ToArray());

        Assert.Equal(LowResolutionOrigin.Matlab, OriginJudge.Judge("a", high, rgb, 4, PairFit.Cropped).Origin);
    }

    [Fact]
    public void Judge_OfAnotherDepth_SaysThatItCannotTell()
    {
        var low = new ImageBuffer(15, 11, ColorModel.Rgb, SampleType.UInt16);

        Assert.Equal((LowResolutionOrigin.Unknown, null), (Judge(low, 4).Origin, Judge(low, 4).Psnr));
    }

    private PairReport Judge(ImageBuffer low, int scale) => OriginJudge.Judge("a", _high, low, scale, PairFit.Cropped);
}
