using System.Text;
using SuperRes.Evaluation.Figures;

namespace SuperRes.Tests.Evaluation.Figures;

public sealed class FigureFileNameTests
{
    [Theory]
    [InlineData("Set5", "baby", "figures/01-Set5-x4-baby.png")]
    [InlineData("a/../b", "..", "figures/01-a_.._b-x4-.png")]
    [InlineData("C:\\x", "a b?<>|\"*\n", "figures/01-C__x-x4-a_b_______.png")]
    [InlineData("x", "photo_(final)[1]", "figures/01-x-x4-photo__final__1_.png")]
    [InlineData("", "写真", "figures/01--x4-写真.png")]
    public void Of_AnyNames_IsOneFileInTheFolder(string dataset, string image, string expected) =>
        Assert.Equal(expected, FigureFileName.Of(1, dataset, 4, image));

    [Fact]
    public void Of_VeryLongNames_FitsAFileSystem()
    {
        var name = FigureFileName.Of(12, new string('写', 300), 4, string.Concat(Enumerable.Repeat("😀", 200)))["figures/".Length..];

        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
    }
}
