using System.Runtime.InteropServices;
using System.Text;
using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests;

public sealed class OrientationTests
{
    // Stored: 3 wide, 2 high. What is to be seen follows from the table of tag 274 in TIFF 6.0: where row 0 and column 0 are.
    private static readonly byte[] Stored =
    [
        1, 2, 3,
        4, 5, 6,
    ];

    [Theory]
    [InlineData(1, 3, new byte[] { 1, 2, 3, 4, 5, 6 })] // row 0 top, column 0 left
    [InlineData(2, 3, new byte[] { 3, 2, 1, 6, 5, 4 })] // top, right
    [InlineData(3, 3, new byte[] { 6, 5, 4, 3, 2, 1 })] // bottom, right
    [InlineData(4, 3, new byte[] { 4, 5, 6, 1, 2, 3 })] // bottom, left
    [InlineData(5, 2, new byte[] { 1, 4, 2, 5, 3, 6 })] // left, top
    [InlineData(6, 2, new byte[] { 4, 1, 5, 2, 6, 3 })] // right, top
    [InlineData(7, 2, new byte[] { 6, 3, 5, 2, 4, 1 })] // right, bottom
    [InlineData(8, 2, new byte[] { 3, 6, 2, 5, 1, 4 })] // left, bottom
    public void Read_EveryOrientation_TurnsThePixelsUpright(int orientation, int width, byte[] expected)
    {
        var tiff = TiffFile.Image(3, 2, 1, 8).Short(274, orientation).Build(Stored);
        var exif = new TiffFile().Short(274, orientation).Build();
        var png = PngFile.Build(3, 2, 8, PngFile.Gray, Stored, ("eXIf", exif));

        foreach (var file in (byte[][])[tiff, png])
        {
            var pixels = Fixture.Load(file).Pixels;
            Assert.Equal(width, pixels.Width);
            Assert.Equal(expected, pixels.Samples<byte>().ToArray());
        }
    }

    [Fact]
    public void ReadHeader_OfATurnedImage_GivesTheSizeThatReadingGives()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.tif"), TiffFile.Image(3, 2, 1, 8).Short(274, 6).Build(Stored));

        Assert.Equal(new ImageHeader(ImageFormat.Tiff, 2, 3, ColorModel.Gray, SampleType.UInt8, 1), ImageFile.ReadHeader(folder.File("a.tif")));
    }

    [Fact]
    public void ReadThenWrite_ATurnedJpeg_IsUprightEverywhere()
    {
        var exif = new TiffFile().Short(274, 6).Short(256, 16).Next(new TiffFile().Short(259, 6)).Build();
        var xmp = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta tiff:Orientation=\"6\"/>";
        var source = JpegFile.Insert(JpegFile.Insert(Fixture.Bytes("rgb.jpg"), JpegFile.App1, Encoding.ASCII.GetBytes(xmp)), JpegFile.App1, [.. "Exif\0\0"u8, .. exif]);

        var written = Encode.ToBytes(Fixture.Load(source), ImageFormat.Jpeg, out _);

        var block = JpegFile.Payload(written, JpegFile.App1, "Exif\0\0");
        Assert.Equal([1], TiffFile.Numbers(TiffFile.Parse(block, out var order)[(0, 274)], order));
        Assert.Equal(0u, TiffFile.NextOfFirst(block));
        Assert.Contains("tiff:Orientation=\"1\"", Encoding.ASCII.GetString(JpegFile.Payload(written, JpegFile.App1, "http://ns.adobe.com/xap/1.0/\0")), StringComparison.Ordinal);
        var pixels = Fixture.Load(written).Pixels;
        Assert.True(pixels.Row<byte>(4)[4 * 3 + 2] > 250, "The blue quarter was at the bottom left and belongs at the top left.");
    }

    [Fact]
    public void ReadThenWrite_A16BitTiffWithDisplayP3ExifOrientationAndAlpha_KeepsAllFour()
    {
        ushort[] samples = [100, 200, 300, 65535, 40000, 50000, 60000, 1, 7, 8, 9, 32768, 65535, 0, 1, 0, 5, 5, 5, 5, 6, 6, 6, 6];
        var profile = IccProfile.DisplayP3();
        var source = TiffFile.Image(3, 2, 4, 16).Short(274, 6).Undefined(34675, profile).Ascii(271, "Acme")
            .Child(34665, new TiffFile().Short(40962, 3).Short(40963, 2).Rational(33434, (1, 125)))
            .Build(MemoryMarshal.AsBytes<ushort>(samples).ToArray());

        var written = Encode.ToBytes(
            Fixture.Load(source).Pixels, Fixture.Load(source).Metadata, new ImageWriteOptions { Format = ImageFormat.Tiff, TiffCompression = TiffCompression.None }, out var notes);

        Assert.Empty(notes);
        var fields = TiffFile.Parse(written, out var order);
        Assert.Equal([2], TiffFile.Numbers(fields[(0, 256)], order));
        Assert.Equal([3], TiffFile.Numbers(fields[(0, 257)], order));
        Assert.Equal([16, 16, 16, 16], TiffFile.Numbers(fields[(0, 258)], order));
        Assert.Equal([2], TiffFile.Numbers(fields[(0, 338)], order)); // straight alpha
        Assert.Equal(profile, fields[(0, 34675)].Bytes);
        Assert.Equal("Acme\0"u8.ToArray(), fields[(0, 271)].Bytes);
        Assert.Equal([1, 125], TiffFile.Numbers(fields[(34665, 33434)], order));
        Assert.Equal([2], TiffFile.Numbers(fields[(34665, 40962)], order));
        Assert.Equal([1], fields.TryGetValue((0, 274), out var orientation) ? TiffFile.Numbers(orientation, order) : [1]);

        // A quarter turn clockwise: the first row is the stored first column from the bottom up.
        ushort[] expected = [.. samples[12..16], .. samples[..4], .. samples[16..20], .. samples[4..8], .. samples[20..24], .. samples[8..12]];
        var strip = TiffFile.Numbers(fields[(0, 273)], order)[0];
        Assert.Equal(expected, MemoryMarshal.Cast<byte, ushort>(written.AsSpan(strip, expected.Length * 2)).ToArray());
    }
}
