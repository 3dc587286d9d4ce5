using SuperRes.Imaging.Data.Preparation;

namespace SuperRes.Imaging.Tests.Data.Preparation;

public sealed class SubImageGridTests
{
    /// <summary>By hand from BasicSR's rule: numpy.arange(0, length - size + 1, step), and one more where the rest is larger than the threshold.</summary>
    [Theory]
    [InlineData(2040, 480, 240, 0, new[] { 0, 240, 480, 720, 960, 1200, 1440, 1560 })]
    [InlineData(2040, 480, 240, 119, new[] { 0, 240, 480, 720, 960, 1200, 1440, 1560 })]
    [InlineData(2040, 480, 240, 120, new[] { 0, 240, 480, 720, 960, 1200, 1440 })]
    [InlineData(1356, 480, 240, 0, new[] { 0, 240, 480, 720, 876 })]
    [InlineData(960, 480, 480, 0, new[] { 0, 480 })]
    [InlineData(480, 480, 240, 0, new[] { 0 })]
    [InlineData(481, 480, 240, 0, new[] { 0, 1 })]
    [InlineData(479, 480, 240, 0, new int[0])]
    [InlineData(1000, 100, 300, 0, new[] { 0, 300, 600, 900 })]
    [InlineData(980, 100, 300, 0, new[] { 0, 300, 600, 880 })]
    public void Positions_OfASide_FollowBasicSr(int length, int size, int step, int remainder, int[] expected) =>
        Assert.Equal(expected, SubImageGrid.Positions(length, new SubImageOptions { Size = size, Step = step, Remainder = remainder }));

    [Fact]
    public void Corners_OfAnImage_GoRowByRow() =>
        Assert.Equal([(0, 0), (2, 0), (0, 2), (2, 2)], SubImageGrid.Corners(4, 4, new SubImageOptions { Size = 2, Step = 2 }));

    [Fact]
    public void Validate_WithSeveralFaults_NamesThemAll() =>
        Assert.Equal(4, new SubImageOptions { Size = 0, Step = 0, Remainder = -1, Shrink = 0.5 }.Validate().Count);
}
