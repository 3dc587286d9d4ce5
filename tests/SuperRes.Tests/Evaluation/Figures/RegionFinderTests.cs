using SuperRes.Evaluation.Figures;
using SuperRes.Pixels;

namespace SuperRes.Tests.Evaluation.Figures;

public sealed class RegionFinderTests
{
    [Theory]
    [InlineData(2040, 1356, 96)]
    [InlineData(512, 512, 96)]
    [InlineData(300, 400, 72)]
    [InlineData(228, 344, 48)]
    [InlineData(256, 256, 48)]
    [InlineData(40, 100, 40)]
    public void WindowSide_OfAnImage_IsAboutAQuarter(int width, int height, int expected) =>
        Assert.Equal(expected, RegionFinder.WindowSide(width, height));

    [Fact]
    public void Find_ModelsThatDifferInOnePlace_FindsItOnWholeLowResolutionPixels()
    {
        // One model is wrong in a block of 10 x 10 at (130, 70); both are wrong alike, and more so, at (20, 20).
        var reference = new ImageBuffer(200, 200, ColorModel.Gray, SampleType.UInt8);
        var (good, bad) = (reference.Clone(), reference.Clone());
        Paint(good, 20, 20, 200);
        Paint(bad, 20, 20, 200);
        Paint(bad, 130, 70, 100);

        var (region, disagreement) = RegionFinder.Find(reference, [good, bad], 4);

        Assert.Equal(48, region.Width);
        Assert.True(region.X % 4 == 0 && region.Y % 4 == 0);
        Assert.InRange(130, region.X, region.X + 38);
        Assert.InRange(70, region.Y, region.Y + 38);

        // Errors 0 and 100 have a variance of 50 squared, over 100 of 48 * 48 pixels.
        Assert.Equal(2500.0 * 100 / (48 * 48), disagreement, 1e-2);
    }

    [Fact]
    public void Find_DifferenceAtTheBorderOnly_StaysOffIt()
    {
        var reference = new ImageBuffer(200, 200, ColorModel.Rgb, SampleType.Float32);
        var bad = reference.Clone();
        for (var x = 0; x < 200; x++)
        {
            bad.Row<float>(0).Slice(x * 3, 3).Fill(1);
        }

        var (region, disagreement) = RegionFinder.Find(reference, [reference, bad], 4);

        Assert.True(region.Y >= 8);
        Assert.Equal(0, disagreement);
    }

    [Fact]
    public void Find_OneModel_FindsItsLargestError()
    {
        var reference = new ImageBuffer(200, 200, ColorModel.Gray, SampleType.UInt16);
        var bad = reference.Clone();
        bad.Row<ushort>(150)[60] = 65535;

        var (region, disagreement) = RegionFinder.Find(reference, [bad], 2);

        Assert.InRange(60, region.X, region.X + 47);
        Assert.InRange(150, region.Y, region.Y + 47);
        Assert.Equal(255.0 * 255 / (48 * 48), disagreement, 1e-2);
    }

    [Fact]
    public void Find_ImageSmallerThanAWindow_TakesWhatThereIs()
    {
        var image = new ImageBuffer(20, 12, ColorModel.Rgb, SampleType.UInt8);
        var (region, _) = RegionFinder.Find(image, [image], 4);

        Assert.Equal(new PixelRegion(0, 0, 12, 12), region);
    }

    private static void Paint(ImageBuffer image, int x, int y, byte value)
    {
        for (var row = y; row < y + 10; row++)
        {
            image.Row<byte>(row).Slice(x, 10).Fill(value);
        }
    }
}
