using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class TargetSizeTests
{
    [Theory]
    [InlineData(4, 100, 50, 400, 200)]
    [InlineData(1.5, 3, 5, 5, 8)]
    [InlineData(2.2, 100, 100, 220, 220)]
    [InlineData(0.001, 100, 50, 1, 1)]
    public void For_Scale_RoundsHalvesUp(double scale, int width, int height, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), TargetSize.FromScale(scale).For(width, height));

    [Theory]
    [InlineData(1920, null, 1920, 1280)]
    [InlineData(null, 1280, 1920, 1280)]
    [InlineData(100, 100, 100, 100)]
    [InlineData(1, null, 1, 1)]
    public void For_Pixels_KeepsTheAspectWhereASideIsOpen(int? width, int? height, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), TargetSize.FromPixels(width, height).For(3000, 2000));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void FromScale_NotPositiveAndFinite_Throws(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TargetSize.FromScale(scale));

    [Fact]
    public void For_OfTheDefaultValue_SaysHowToMakeOne()
    {
        var error = Assert.Throws<InvalidOperationException>(() => default(TargetSize).For(3, 2));
        Assert.Contains("TargetSize.FromScale", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_SideBeyondAnyImage_SaysSo() =>
        Assert.Throws<UpscalingException>(() => TargetSize.FromScale(1e9).For(1000, 1));
}
