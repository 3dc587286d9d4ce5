using SuperRes.Evaluation.Statistics;

namespace SuperRes.Tests.Evaluation.Statistics;

public sealed class PairedDifferenceTests
{
    [Fact]
    public void Of_TwoModelsOnHardAndEasyImages_SeesTheSmallGain()
    {
        // The images differ by 15 dB, the models by -0.02 to +0.06: mean (0.06 + 0.02 - 0.02 + 0.06 + 0.03) / 5.
        double[] baseline = [20, 24, 28, 32, 35];
        double[] model = [20.06, 24.02, 27.98, 32.06, 35.03];

        var difference = PairedDifference.Of(model, baseline, new BootstrapOptions());

        Assert.NotNull(difference);
        Assert.Equal(0.03, difference.Mean, 1e-9);
        Assert.Equal(5, difference.Images);
        Assert.Equal(4, difference.Better);
        Assert.InRange(difference.Interval!.Value.Low, -0.01, 0.01);
        Assert.InRange(difference.Interval!.Value.High, 0.05, 0.06);
    }

    [Fact]
    public void Of_PairsWithInfiniteValues_LeavesThemOut()
    {
        var difference = PairedDifference.Of(
            [30, double.PositiveInfinity, double.PositiveInfinity], [29, double.PositiveInfinity, 40], new BootstrapOptions());

        Assert.Equal(new PairedDifference(1, 1, 1), difference);
    }

    [Fact]
    public void Of_NoFinitePair_IsNull() =>
        Assert.Null(PairedDifference.Of([double.PositiveInfinity], [3], new BootstrapOptions()));

    [Fact]
    public void Of_DifferentLengths_Throws() =>
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([1, 2], [1], new BootstrapOptions()));
}
