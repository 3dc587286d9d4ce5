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

    [Theory]
    [InlineData("""<a hdrgm:Version="1.0" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" b="6"/>""", """<a xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" b="6"/>""")]
    [InlineData("<a><hdrgm:GainMapMax><rdf:Seq><rdf:li>1</rdf:li></rdf:Seq></hdrgm:GainMapMax><b/></a>", "<a><b/></a>")]
    [InlineData("""<a GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion='1' GCamera:MicroVideoOffset="99" GCamera:HdrPlusMakernote="x"/>""", """<a GCamera:HdrPlusMakernote="x"/>""")]
    [InlineData("<a><GCamera:MicroVideo>1</GCamera:MicroVideo><GCamera:BurstID>7</GCamera:BurstID></a>", "<a><GCamera:BurstID>7</GCamera:BurstID></a>")]
    [InlineData("""<a><Container:Directory><rdf:Seq><rdf:li><Container:Item Item:Semantic="GainMap"/></rdf:li></rdf:Seq></Container:Directory><b/></a>""", "<a><b/></a>")]
    [InlineData("""<a><Container:Directory rdf:parseType="x"/><b/></a>""", "<a><b/></a>")]
    [InlineData("<a><hdrgm:BaseRenditionIsHDR><b/></a>", "<a><hdrgm:BaseRenditionIsHDR><b/></a>")]
    [InlineData("""<a xmpNote:HasExtendedXMP="0123456789ABCDEF0123456789ABCDEF" b="6"/>""", """<a b="6"/>""")]
    [InlineData("<a><xmpNote:HasExtendedXMP>0123</xmpNote:HasExtendedXMP><b/></a>", "<a><b/></a>")]
    [InlineData("<a Item:Mime='image/jpeg' b='hdrgm'/>", "<a Item:Mime='image/jpeg' b='hdrgm'/>")]
    public void WithoutAppended_RemovesWhatIsSaidOfGainMapsAndVideos(string packet, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(XmpPacket.WithoutAppended(Encoding.UTF8.GetBytes(packet))));

    [Fact]
    public void WithSize_Panorama_ScalesAllThatCountsItsPixels()
    {
        // From 1000x400 to 4000x1200: four times across, three times down.
        var packet = """
            <a GPano:CroppedAreaImageWidthPixels="1000" GPano:CroppedAreaImageHeightPixels="400" GPano:FullPanoWidthPixels="2001"
            GPano:FullPanoHeightPixels="1001" GPano:CroppedAreaLeftPixels="0" GPano:PoseHeadingDegrees="270.0"><GPano:CroppedAreaTopPixels>300</GPano:CroppedAreaTopPixels>
            """u8;

        Assert.Equal(
            """
            <a GPano:CroppedAreaImageWidthPixels="4000" GPano:CroppedAreaImageHeightPixels="1200" GPano:FullPanoWidthPixels="8004"
            GPano:FullPanoHeightPixels="3003" GPano:CroppedAreaLeftPixels="0" GPano:PoseHeadingDegrees="270.0"><GPano:CroppedAreaTopPixels>900</GPano:CroppedAreaTopPixels>
            """,
            Encoding.UTF8.GetString(XmpPacket.WithSize(packet.ToArray(), 4000, 1200)));
    }
}
