namespace SuperRes.Imaging.Tests;

public sealed class ImageFormatsTests
{
    [Theory]
    [InlineData("a/b.PNG", ImageFormat.Png)]
    [InlineData("x.jpeg", ImageFormat.Jpeg)]
    [InlineData("x.tar.jpg", ImageFormat.Jpeg)]
    [InlineData("x.tiff", ImageFormat.Tiff)]
    [InlineData("x.heic", ImageFormat.Heif)]
    public void FromPath_GoesByTheExtension(string path, ImageFormat expected) => Assert.Equal(expected, ImageFormats.FromPath(path));

    [Theory]
    [InlineData("png")]
    [InlineData("")]
    [InlineData("x.txt")]
    public void FromPath_WithoutAnImageExtension_IsNull(string path) => Assert.Null(ImageFormats.FromPath(path));

    [Theory]
    [InlineData("PNG", ImageFormat.Png)]
    [InlineData(".jpg", ImageFormat.Jpeg)]
    [InlineData("JPEG", ImageFormat.Jpeg)]
    [InlineData("JpegXl", ImageFormat.JpegXl)]
    public void TryParse_TakesNamesAndExtensions(string text, ImageFormat expected)
    {
        Assert.True(ImageFormats.TryParse(text, out var format));
        Assert.Equal(expected, format);
    }

    [Fact]
    public void IsReadableAndIsWritable_OfEachFormat_SayWhetherTheListsHaveIt() =>
        Assert.All(Enum.GetValues<ImageFormat>(), format => Assert.Equal(
            (ImageFormats.Readable.Contains(format), ImageFormats.Writable.Contains(format)),
            (ImageFormats.IsReadable(format), ImageFormats.IsWritable(format))));

    [Fact]
    public void ReadableAndWritable_WithThePackagedLibrary_AreTheDocumentedOnes()
    {
        ImageFormat[] always = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp, ImageFormat.Tiff, ImageFormat.Avif, ImageFormat.Gif];

        Assert.Subset(ImageFormats.Readable.ToHashSet(), always.ToHashSet());
        Assert.Subset(ImageFormats.Writable.ToHashSet(), always.ToHashSet());
    }

    [Theory]
    [InlineData(ImageFormat.Webp, 16383)] // RFC 9649: 14 bits, stored less one
    [InlineData(ImageFormat.Jpeg, 65500)] // JPEG_MAX_DIMENSION of jmorecfg.h
    [InlineData(ImageFormat.Png, int.MaxValue)]
    public void LongestSide_IsTheFormats(ImageFormat format, int expected) => Assert.Equal(expected, ImageFormats.LongestSide(format));

    [Fact]
    public void Extension_OfEveryFormat_ParsesBackToIt()
    {
        foreach (var format in Enum.GetValues<ImageFormat>())
        {
            Assert.Equal(format, ImageFormats.FromPath("a" + ImageFormats.Extension(format)));
            Assert.NotEmpty(ImageFormats.Name(format));
        }
    }
}
