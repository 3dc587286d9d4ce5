using System.Text;
using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Metadata;

/// <summary>Metadata at and beyond what one segment of a JPEG holds: 65,533 bytes (ITU-T T.81, B.1.1.4), and what stands between segments.</summary>
public sealed class JpegSegmentTests
{
    private const string XmpNamespace = "http://ns.adobe.com/xap/1.0/\0";
    private const string PhotoshopHead = "Photoshop 3.0\08BIM\u0004\u0004\0\0";

    // 14 bytes of name, 4 of signature, 2 of number, 2 of empty name and 4 of length go before the records, which are padded to even.
    [Theory]
    [InlineData(65506, true)]
    [InlineData(65507, false)]
    [InlineData(76_000, false)]
    public void Write_IptcAroundTheLimitOfASegment_StandsInTheFileOrIsSaidToBeLost(int length, bool isKept)
    {
        byte[] iptc = [0x1C, 2, 120, .. Enumerable.Repeat((byte)'x', length - 3)];

        var file = Write(new ImageMetadata { Iptc = iptc }, out var notes);

        if (isKept)
        {
            Assert.Empty(notes);
            Assert.Equal(iptc, JpegFile.Payload(file, JpegFile.App13, PhotoshopHead)[4..]);
            Assert.Equal(iptc, Fixture.Load(file).Metadata.Iptc.ToArray());
        }
        else
        {
            Assert.Contains($"IPTC of {length} bytes does not fit in JPEG (65506 at most)", Assert.Single(notes), StringComparison.Ordinal);
            Assert.DoesNotContain(JpegFile.Segments(file), s => s.Marker == JpegFile.App13);
        }
    }

    [Theory]
    [InlineData(62_000, true)]
    [InlineData(65504, true)]
    [InlineData(65505, false)]
    public void Write_XmpAroundTheLimitOfASegment_StandsInTheFileOrIsSaidToBeLost(int length, bool isKept)
    {
        var xmp = Encoding.ASCII.GetBytes("<x:xmpmeta>".PadRight(length));

        var file = Write(new ImageMetadata { Xmp = xmp }, out var notes);

        if (isKept)
        {
            Assert.Empty(notes);
            Assert.Equal(xmp, JpegFile.Payload(file, JpegFile.App1, XmpNamespace));
        }
        else
        {
            Assert.Contains("XMP", Assert.Single(notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReadThenWrite_ExtendedXmp_IsSaidToBeLostAndNoLongerPointedTo()
    {
        // XMP specification part 3, 1.1.3.1: the packet names the rest by its MD5; the rest has that, its length and its offset before it.
        const string Guid = "0123456789ABCDEF0123456789ABCDEF";
        var packet = Encoding.ASCII.GetBytes($"{XmpNamespace}<a xmpNote:HasExtendedXMP=\"{Guid}\" dc:title=\"x\"/>");
        byte[] rest = [.. Encoding.ASCII.GetBytes("http://ns.adobe.com/xmp/extension/\0" + Guid), 0, 0, 0, 4, 0, 0, 0, 0, .. "<b/>"u8];
        var file = JpegFile.Insert(JpegFile.Insert(Fixture.Bytes("rgb.jpg"), JpegFile.App1, rest), JpegFile.App1, packet);

        var loaded = Fixture.Load(file);

        Assert.Contains("extended part of the XMP", Assert.Single(loaded.Notes), StringComparison.Ordinal);
        var written = Encode.ToBytes(loaded, ImageFormat.Jpeg, out _);
        Assert.Equal("<a dc:title=\"x\"/>", Encoding.ASCII.GetString(JpegFile.Payload(written, JpegFile.App1, XmpNamespace)));
    }

    [Fact]
    public void Read_FillBytesBeforeAMarker_AreSkipped()
    {
        // T.81, B.1.1.2: any marker may be preceded by any number of bytes 0xFF.
        var file = JpegFile.Insert(Fixture.Bytes("rgb.jpg"), JpegFile.Comment, [.. "hello"u8]);

        var loaded = Fixture.Load([.. file[..2], 0xFF, 0xFF, 0xFF, .. file[2..]]);

        Assert.Equal("hello", Encoding.ASCII.GetString(Assert.Single(loaded.Metadata.Comments)));
    }

    private static byte[] Write(ImageMetadata metadata, out IReadOnlyList<string> notes) => Encode.ToBytes(
        TestImages.Noise(13, 7, ColorModel.Rgb, SampleType.UInt8, seed: 2), metadata, new ImageWriteOptions { Format = ImageFormat.Jpeg }, out notes);
}
