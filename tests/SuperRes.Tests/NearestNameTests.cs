namespace SuperRes.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["bicubic", "bilinear", "lanczos", "nearest", "edsr-x4", "edsr-x2"];

    [Theory]
    [InlineData("bicubci", "bicubic")]
    [InlineData("BICUBIC", "bicubic")]
    [InlineData("bilinaer", "bilinear")]
    [InlineData("lanczos3", "lanczos")]
    [InlineData("edsr-4x", "edsr-x4")]
    public void Find_MistypedName_GivesTheNearest(string typed, string expected) =>
        Assert.Equal(expected, NearestName.Find(typed, Names));

    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("x")]
    public void Find_NothingNear_GivesNull(string typed) => Assert.Null(NearestName.Find(typed, Names));

    [Fact]
    public void Find_NoCandidates_GivesNull() => Assert.Null(NearestName.Find("bicubic", []));
}
