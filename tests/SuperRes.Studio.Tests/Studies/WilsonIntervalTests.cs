using SuperRes.Studio.Studies;

namespace SuperRes.Studio.Tests.Studies;

public sealed class WilsonIntervalTests
{
    /// <summary>Newcombe 1998, Statistics in Medicine 17, 857, table I, method 3 (score, without continuity correction).</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Of_NewcombesExamples_AreHis(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, trials);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Of_NoVotes_SaysNothing() => Assert.Equal((0, 1), WilsonInterval.Of(0, 0));
}
