using System.Text;
using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Tests.Metadata;

public sealed class XmpPacketTests
{
    [Theory]
    [InlineData("""<a tiff:Orientation="6" b="6"/>""", """<a tiff:Orientation="1" b="6"/>""")]
    [InlineData("<tiff:Orientation>8</tiff:Orientation>", "<tiff:Orientation>1</tiff:Orientation>")]
    [InlineData("<x:Orientation>8</x:Orientation>", "<x:Orientation>8</x:Orientation>")]
    [InlineData("<é tiff:Orientation='3'>", "<é tiff:Orientation='1'>")]
    public void Upright_ChangesOnlyTheOrientation(string packet, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(XmpPacket.Upright(Encoding.UTF8.GetBytes(packet))));

    [Fact]
    public void WithSize_ChangesBothFormsOfBothProperties() => Assert.Equal(
        """<a tiff:ImageWidth="400" tiff:ImageLength="300"><exif:PixelXDimension>400</exif:PixelXDimension><exif:PixelYDimension>300</exif:PixelYDimension>""",
        Encoding.UTF8.GetString(XmpPacket.WithSize(
            """<a tiff:ImageWidth="60" tiff:ImageLength="40"><exif:PixelXDimension>60</exif:PixelXDimension><exif:PixelYDimension>40</exif:PixelYDimension>"""u8.ToArray(), 400, 300)));
}
