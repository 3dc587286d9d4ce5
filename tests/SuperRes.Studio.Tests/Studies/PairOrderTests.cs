using SuperRes.Studio.Studies;

namespace SuperRes.Studio.Tests.Studies;

public sealed class PairOrderTests
{
    private readonly PairOrder _order = new("seed", pictures: 3, methods: 4);

    [Fact]
    public void Find_AllNumbers_GivesEachPairOfEachPictureOnce()
    {
        var pairs = Enumerable.Range(0, _order.Count).Select(_order.Find).ToList();

        Assert.Equal(3 * 6, pairs.Distinct().Count());
        Assert.All(pairs, pair => Assert.True(pair.First < pair.Second && pair.Second < 4 && pair.Picture is >= 0 and < 3));
    }

    [Fact]
    public void Of_AVoter_IsEachPairOnceAndAlwaysTheSame()
    {
        Assert.Equal(Enumerable.Range(0, 18), _order.Of("Ada").Order());
        Assert.Equal(_order.Of("Ada"), _order.Of("Ada"));
        Assert.NotEqual(_order.Of("Ada"), _order.Of("Grace"));
    }

    [Fact]
    public void IsSwapped_OverManyPairs_IsHalfOfThem()
    {
        var order = new PairOrder("seed", pictures: 1000, methods: 2);

        // 500 expected, standard deviation 15.8: six of them either way.
        Assert.InRange(Enumerable.Range(0, 1000).Count(pair => order.IsSwapped("Ada", pair)), 405, 595);
    }
}
