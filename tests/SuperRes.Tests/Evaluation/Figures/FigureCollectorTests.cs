using SuperRes.Evaluation.Figures;
using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Tests.Evaluation.Figures;

public sealed class FigureCollectorTests
{
    private static readonly ImageBuffer Reference = TestImages.Texture(60, 60);
    private static readonly ImageBuffer Low = TestImages.Texture(30, 30);

    [Theory]
    [InlineData(1, new[] { "strong" })]
    [InlineData(2, new[] { "strong", "medium" })]
    [InlineData(5, new[] { "strong", "medium", "weak", "none" })]
    public void Figures_OfImagesOfferedInAnyOrder_AreTheMostTelling(int capacity, string[] expected)
    {
        var collector = new FigureCollector("S", null, 2, "y", models: 2, capacity);
        Offer(collector, "weak", 5);
        Offer(collector, "strong", 40);
        Offer(collector, "none", 0);
        Offer(collector, "medium", 20);

        var figures = collector.Figures(firstNumber: 7).ToArray();

        Assert.Equal(expected, figures.Select(figure => figure.Reference.Image));
        Assert.Equal("figures/07-S-x2-strong.png", figures[0].Reference.File);
    }

    [Fact]
    public void Figures_OnATie_KeepTheImageThatCameFirst()
    {
        var collector = new FigureCollector("S", null, 2, "y", models: 2, 1);
        Offer(collector, "first", 10);
        Offer(collector, "second", 10);

        Assert.Equal("first", collector.Figures(1).Single().Reference.Image);
    }

    [Fact]
    public void Offer_SixteenBitImages_CutsEightBitCrops()
    {
        var reference = Reference.ConvertTo(SampleType.UInt16);
        var collector = new FigureCollector("S", null, 2, "y", models: 1, 1);
        collector.Offer("deep", reference, Low.ConvertTo(SampleType.Float32), [new FigureCandidate("m", reference, new QualityScore(30, 0.9))]);

        var figure = collector.Figures(1).Single();
        var region = figure.Reference.Region;
        Assert.Equal(SampleType.UInt8, figure.LowResolution.SampleType);
        Assert.Equal(SampleType.UInt8, figure.Overview.SampleType);
        Assert.True(Reference.Crop(region.X, region.Y, region.Width, region.Height).Bytes().SequenceEqual(figure.Panels[0].Crop.Bytes()));
    }

    [Fact]
    public void Offer_WithoutResults_KeepsNothing()
    {
        var collector = new FigureCollector("S", null, 2, "y", models: 2, 3);
        collector.Offer("failed", Reference, Low, []);

        Assert.Empty(collector.Figures(1));
    }

    [Fact]
    public void Offer_WhereAllModelsButOneFailed_KeepsNothing()
    {
        var collector = new FigureCollector("S", null, 2, "y", models: 3, 3);
        collector.Offer("hard", Reference, Low, [new FigureCandidate("m", TestImages.Brighter(Reference, 90), new QualityScore(10, 0.1))]);
        Offer(collector, "easy", 5);

        Assert.Equal("easy", collector.Figures(1).Single().Reference.Image);
    }

    [Fact]
    public void Offer_ALargeImage_KeepsASmallOverviewOfTheSameShape()
    {
        var large = TestImages.Texture(1440, 900);
        var collector = new FigureCollector("S", null, 2, "y", models: 1, 1);
        collector.Offer("large", large, TestImages.Texture(720, 450), [new FigureCandidate("m", large, new QualityScore(30, 0.9))]);

        var figure = collector.Figures(1).Single();
        Assert.Equal((720, 450), (figure.Overview.Width, figure.Overview.Height));
        Assert.Equal((1440, 900), (figure.ImageWidth, figure.ImageHeight));
    }

    /// <summary>One model is right, the other off by an amount everywhere.</summary>
    private static void Offer(FigureCollector collector, string name, int error) => collector.Offer(
        name,
        Reference,
        Low,
        [new FigureCandidate("right", Reference, new QualityScore(50, 1)), new FigureCandidate("wrong", TestImages.Brighter(Reference, error), new QualityScore(30, 0.9))]);
}
