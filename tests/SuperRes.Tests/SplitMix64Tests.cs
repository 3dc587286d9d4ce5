
namespace SuperRes.Tests;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Next_OfSeed1234567_GivesThePublishedSequence()
    {
        // The reference implementation's first outputs (Vigna, splitmix64.c), as quoted on Rosetta Code.
        var random = new SplitMix64(1234567);
        Assert.Equal(6457827717110365317UL, random.Next());
        Assert.Equal(3203168211198807973UL, random.Next());
        Assert.Equal(9817491932198370423UL, random.Next());
    }

    [Fact]
    public void Next_WithABound_CoversItEvenly()
    {
        var random = new SplitMix64(7);
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++)
        {
            counts[random.Next(counts.Length)]++;
        }

        // Five standard deviations of a binomial with p = 1/6.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 457, 10_000 + 457));
    }
}
