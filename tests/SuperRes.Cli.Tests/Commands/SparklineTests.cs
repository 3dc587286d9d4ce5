using SuperRes.Cli.Commands.Runs;

namespace SuperRes.Cli.Tests.Commands;

public sealed class SparklineTests
{
    [Theory]
    [InlineData(new[] { 0.0, 7.0, 3.0 }, 10, "▁█▄")]
    [InlineData(new[] { 0.0, 0.0, 5.0, 9.0 }, 2, "▁█")]
    [InlineData(new[] { 2.0, 2.0 }, 10, "▁▁")]
    [InlineData(new[] { double.NaN, 1.0, double.PositiveInfinity, 2.0 }, 10, "▁█")]
    [InlineData(new double[0], 10, "")]
    public void Of_Values_DrawsTheirHeights(double[] values, int width, string expected) => Assert.Equal(expected, Sparkline.Of(values, width));
}
