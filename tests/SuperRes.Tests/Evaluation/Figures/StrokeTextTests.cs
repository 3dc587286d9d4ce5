using SuperRes.Evaluation.Figures;

namespace SuperRes.Tests.Evaluation.Figures;

public sealed class StrokeTextTests
{
    [Fact]
    public void Constructor_EveryPrintableAsciiCharacter_HasItsOwnGlyph()
    {
        var glyphs = Enumerable.Range('!', '~' - '!' + 1).Select(code => StrokeFont.Glyph((char)code)).ToArray();

        Assert.Equal(glyphs.Length, glyphs.Distinct().Count());
        Assert.DoesNotContain(StrokeFont.Glyph('写'), glyphs);
    }

    [Fact]
    public void Constructor_EveryGlyph_StaysBetweenItsLines()
    {
        for (var code = ' '; code <= '~'; code++)
        {
            var line = new StrokeText(code.ToString(), StrokeFont.CapHeight);
            Assert.All(line.Segments, segment =>
            {
                Assert.InRange(segment.X0, -0.7, line.Width + 0.7);
                Assert.InRange(segment.X1, -0.7, line.Width + 0.7);
                Assert.InRange(segment.Y0, -16.001, StrokeFont.Descent);
                Assert.InRange(segment.Y1, -16.001, StrokeFont.Descent);
            });
        }
    }

    [Fact]
    public void Width_OfTwoLetters_IsTheirWidthsAndTheSpaceBetween()
    {
        // H is 9.6 wide and I has no width: 9.6 + 3.6 units of 2 pixels each.
        Assert.Equal(26.4, new StrokeText("HI", 28).Width, 1e-9);
        Assert.Equal(0, new StrokeText("", 28).Width);
    }
}
