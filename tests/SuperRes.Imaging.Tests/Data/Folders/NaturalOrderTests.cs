using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Tests.Data.Folders;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("img2", "img10")]
    [InlineData("img2b", "img10a")]
    [InlineData("0801", "0900")]
    [InlineData("9", "0010")]
    [InlineData("a", "a1")]
    [InlineData("a1", "ab")]
    [InlineData("a1b2", "a1b10")]
    [InlineData("99999999999999999998", "99999999999999999999")]
    [InlineData("Z", "a")]
    [InlineData("", "a")]
    public void Compare_OfTwoNames_PutsTheSmallerNumberFirst(string first, string second)
    {
        Assert.True(NaturalOrder.Instance.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Instance.Compare(second, first) > 0);
    }

    [Fact]
    public void Compare_OfEqualValues_StillTellsNamesApart()
    {
        Assert.NotEqual(0, NaturalOrder.Instance.Compare("a1", "a01"));
        Assert.Equal(0, NaturalOrder.Instance.Compare("a1", "a1"));
    }
}
