using SuperRes.Evaluation.Figures;
using SuperRes.Pixels;
using SuperRes.Tests.Evaluation.Reports;

namespace SuperRes.Tests.Evaluation.Figures;

public sealed class FigurePainterTests
{
    [Fact]
    public void Paint_AFigure_ShowsEveryCropEnlargedPixelByPixel()
    {
        var figure = TestReports.Figure();
        var picture = FigurePainter.Paint(figure);

        Assert.Equal((ColorModel.Rgb, SampleType.UInt8), (picture.Color, picture.SampleType));
        Assert.True(Contains(picture, figure.Panels[0].Crop, 6), "The first model's crop is not in the picture six times enlarged.");
        Assert.True(Contains(picture, figure.LowResolution, 24), "The low-resolution crop is not in the picture.");
    }

    [Fact]
    public void Paint_OddNumberOfModels_LeavesTheLowResolutionOut()
    {
        var figure = TestReports.Figure();
        var picture = FigurePainter.Paint(figure with { Panels = [figure.Panels[0]] });

        Assert.True(Contains(picture, figure.Panels[0].Crop, 6));
        Assert.False(Contains(picture, figure.LowResolution, 24));
    }

    [Fact]
    public void Paint_NamesInAnyScript_StaysInsideThePicture()
    {
        var figure = TestReports.Figure();
        var name = string.Concat(Enumerable.Repeat("写真 \t", 40));
        var picture = FigurePainter.Paint(figure with
        {
            Reference = figure.Reference with { Image = name },
            Panels = [figure.Panels[0] with { Model = name }, figure.Panels[1] with { Model = "" }],
        });

        // Nothing touches the margins: captions are shrunk to their room.
        for (var y = 0; y < picture.Height; y++)
        {
            Assert.False(picture.Row<byte>(y)[..30].ContainsAnyExcept((byte)255));
            Assert.False(picture.Row<byte>(y)[^30..].ContainsAnyExcept((byte)255));
        }
    }

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void Paint_UnderAnyCulture_IsTheSame(string culture) =>
        Assert.True(FigurePainter.Paint(TestReports.Figure()).Bytes().SequenceEqual(Cultures.Under(culture, () => FigurePainter.Paint(TestReports.Figure())).Bytes()));

    /// <summary>Looks for the crop's pixels, at their centres, one block apart.</summary>
    private static bool Contains(ImageBuffer picture, ImageBuffer crop, int zoom)
    {
        for (var y = 0; y + (crop.Height * zoom) <= picture.Height; y++)
        {
            for (var x = 0; x + (crop.Width * zoom) <= picture.Width; x++)
            {
                if (MatchesAt(picture, crop, zoom, x, y))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool MatchesAt(ImageBuffer picture, ImageBuffer crop, int zoom, int x, int y)
    {
        for (var row = 0; row < crop.Height; row++)
        {
            var line = picture.Row<byte>(y + (row * zoom) + (zoom / 2));
            for (var column = 0; column < crop.Width; column++)
            {
                if (!line.Slice((x + (column * zoom) + (zoom / 2)) * 3, 3).SequenceEqual(crop.Row<byte>(row).Slice(column * 3, 3)))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
