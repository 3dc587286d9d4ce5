using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Networks.Operations;

namespace SuperRes.Tests.Networks;

public sealed class NetworkCatalogueTests
{
    [Fact]
    public void Entries_AreEveryFamilyScaleAndAttentionThatIsDefined()
    {
        var expected =
            from family in new[] { "edsr", "srresnet", "srgan", "espcn", "lapsrn", "srcnn", "vdsr", "vit" }
            from cbam in family == "vit" ? new[] { "" } : ["", "-cbam"]
            from scale in family == "lapsrn" ? new[] { 2, 4, 8 } : [2, 3, 4, 8]
            select $"{family}{cbam}-x{scale}";
        Assert.Equal(expected, NetworkCatalogue.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void Find_OfANameWithCbam_HasAttention()
    {
        var options = Assert.IsType<EdsrOptions>(NetworkCatalogue.Find("edsr-cbam-x2").Options);
        Assert.Equal(2, options.Scale);
        Assert.Equal(new CbamOptions(), options.Attention);
    }

    [Theory]
    [InlineData("edrs-x4", "'edsr-x4'")]
    [InlineData("lapsrn-x3", "'lapsrn-x2'")]
    [InlineData("something", "edsr, srresnet, srgan")]
    public void Find_OfAnUnknownName_SaysWhatIsNearest(string name, string expected)
    {
        var error = Assert.Throws<GraphException>(() => NetworkCatalogue.Find(name));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
