using SuperRes.Pixels;

namespace SuperRes.Tests.Pixels;

public sealed class YCbCrTests
{
    // ITU-R BT.601: black 16, white 235; the primaries' codes as tables of 100 % colour bars print them.
    [Theory]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(255, 0, 0, 81, 90, 240)]
    [InlineData(0, 255, 0, 145, 54, 34)]
    [InlineData(0, 0, 255, 41, 240, 110)]
    [InlineData(255, 255, 0, 210, 16, 146)]
    public void FromRgb_OfColourBars_GivesTheStandardsCodes(double red, double green, double blue, int y, int cb, int cr)
    {
        var pixel = YCbCr.FromRgb(red, green, blue);

        Assert.Equal((y, cb, cr), ((int)Math.Round(pixel.Y), (int)Math.Round(pixel.Cb), (int)Math.Round(pixel.Cr)));
        Assert.Equal(pixel.Y, YCbCr.Luma(red, green, blue));
    }

    [Theory]
    [InlineData(12, 200, 77)]
    [InlineData(255, 0, 128)]
    [InlineData(90, 90, 90)]
    public void ToRgb_OfFromRgb_ReturnsTheColour(double red, double green, double blue)
    {
        var (y, cb, cr) = YCbCr.FromRgb(red, green, blue);
        var (r, g, b) = YCbCr.ToRgb(y, cb, cr);

        // MATLAB's chroma coefficients have three decimals.
        Assert.Equal(red, r, 0.005);
        Assert.Equal(green, g, 0.005);
        Assert.Equal(blue, b, 0.005);
    }
}
