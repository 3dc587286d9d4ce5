using SuperRes.Engine.Threading;

namespace SuperRes.Tests.Engine.Threading;

public sealed class ParallelLoopTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(5, true)]
    public void Run_ManyLoopsInTurn_ComputesEveryBlockOnce(int threads, bool standsBy)
    {
        var standby = standsBy ? new Standby(threads) : null;
        var counts = new int[64];
        var other = new int[64];
        var busy = new int[threads];
        var first = new ParallelLoop(threads, Count(counts), standby);
        var second = new ParallelLoop(threads, Count(other), standby);
        const int Rounds = 300;
        for (var round = 0; round < Rounds; round++)
        {
            // Counts around the number of threads, where shares are empty or of one block.
            first.Run(1 + (round % 7));
            second.Run(64);
        }

        Assert.Equal(Enumerable.Range(0, 64).Select(block => Enumerable.Range(0, Rounds).Count(round => block <= round % 7)), counts);
        Assert.All(other, count => Assert.Equal(Rounds, count));

        Action<int, int> Count(int[] target) => (block, worker) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref busy[worker]));
            Interlocked.Increment(ref target[block]);
            Interlocked.Decrement(ref busy[worker]);
        };
    }

    [Fact]
    public void Run_WithoutStandby_HandsBlocksOutInOrder()
    {
        var begun = 0;
        var loop = new ParallelLoop(3, (block, _) => Assert.InRange(block, 0, Interlocked.Increment(ref begun) + 1));
        loop.Run(500);
        Assert.Equal(500, begun);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_ABlockFails_ThrowsAndWorksAfterwards(bool standsBy)
    {
        var fails = true;
        var count = 0;
        var loop = new ParallelLoop(
            3,
            (block, _) =>
            {
                Interlocked.Increment(ref count);
                if (fails && block == 5)
                {
                    throw new InvalidOperationException("block 5");
                }
            },
            standsBy ? new Standby(3) : null);
        Assert.Equal("block 5", Assert.Throws<InvalidOperationException>(() => loop.Run(1000)).Message);
        Assert.InRange(count, 1, 1000);
        (fails, count) = (false, 0);
        loop.Run(1000);
        Assert.Equal(1000, count);
    }

    [Fact]
    public void Run_ManyCallersWithLoopsOfTheirOwn_Ends()
    {
        // More loops at work than the pool has threads: nobody waits for a helper that has not begun.
        var sums = new long[32];
        Parallel.For(0, sums.Length, caller =>
        {
            var standby = new Standby(4);
            var loop = new ParallelLoop(4, (block, _) => Interlocked.Add(ref sums[caller], block), standby);
            for (var round = 0; round < 20; round++)
            {
                loop.Run(100);
            }
        });
        Assert.All(sums, sum => Assert.Equal(20 * 4950, sum));
    }
}
