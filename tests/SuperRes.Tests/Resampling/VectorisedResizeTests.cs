using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Tests.Resampling;

/// <summary>The vector code against <see cref="ReferenceResize"/>, where vectors don't divide the work and where it degenerates.</summary>
public sealed class VectorisedResizeTests
{
    public static TheoryData<int, int, int, int> Sizes { get; } = new()
    {
        { 1, 1, 1, 1 },
        { 1, 1, 9, 40 },
        { 1, 23, 1, 7 },
        { 23, 1, 50, 1 },
        { 2, 3, 61, 67 },
        { 300, 2, 1, 1 },
        { 3, 300, 2, 1 },
        { 37, 29, 18, 64 },
        { 37, 29, 64, 9 },
        { 41, 70, 10, 18 },
        { 21, 35, 63, 105 },
        { 19, 17, 19, 17 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ToSize_OfEveryFormatAndKernel_AgreesWithPlainLoops(int fromWidth, int fromHeight, int width, int height)
    {
        foreach (var type in Enum.GetValues<SampleType>())
        {
            foreach (var color in Enum.GetValues<ColorModel>())
            {
                foreach (var kernel in Enum.GetValues<ResizeKernel>())
                {
                    Compare(TestPatterns.Noise(fromWidth, fromHeight, color, type), width, height, kernel);
                }
            }
        }
    }

    [Theory]
    [InlineData(SampleType.UInt8)]
    [InlineData(SampleType.UInt16)]
    [InlineData(SampleType.Float32)]
    public void ToSize_OnAnyNumberOfThreads_GivesTheSameBits(SampleType type)
    {
        var image = TestPatterns.Noise(101, 203, ColorModel.Rgb, type);
        foreach (var (width, height) in new[] { (51, 77), (40, 300), (250, 301) })
        {
            var one = MatlabResize.ToSize(image, width, height, new ResizeOptions { MaxThreads = 1 });
            foreach (var threads in new[] { 2, 5, 0 })
            {
                var many = MatlabResize.ToSize(image, width, height, new ResizeOptions { MaxThreads = threads });
                Assert.True(one.Bytes().SequenceEqual(many.Bytes()), $"{threads} threads differ at {width}x{height}.");
            }
        }
    }

    private static void Compare(ImageBuffer image, int width, int height, ResizeKernel kernel)
    {
        var peak = image.SampleType == SampleType.Float32 ? 0 : SampleConversion.PeakOf(image.SampleType);
        var expected = ReferenceResize.Run(image.Values(), (image.Width, image.Height, image.Channels), width, height, kernel, peak);
        var actual = MatlabResize.ToSize(image, width, height, new ResizeOptions { Kernel = kernel, MaxThreads = 1 }).Values();

        Assert.Equal(expected.Length, actual.Length);
        var error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        var tolerance = image.SampleType == SampleType.Float32 ? 1e-6 : 0;
        Assert.True(error <= tolerance, $"{image.SampleType} {image.Color} {kernel}: {image.Width}x{image.Height} to {width}x{height} is off by {error}.");
    }
}
