using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Reading;

public sealed class OtherFormatsReadTests
{
    private static readonly byte[] Red = [255, 0, 0];
    private static readonly byte[] Green = [0, 255, 0];
    private static readonly byte[] Blue = [0, 0, 255];
    private static readonly byte[] White = [255, 255, 255];

    [Theory]
    [InlineData("rgb.jpg", 2)]
    [InlineData("rgb.avif", 0)]
    public void Read_Quarters_HaveTheirColours(string name, int tolerance)
    {
        var loaded = Fixture.Load(Fixture.Bytes(name));

        Assert.Equal((16, 16, ColorModel.Rgb, SampleType.UInt8), (loaded.Pixels.Width, loaded.Pixels.Height, loaded.Pixels.Color, loaded.Pixels.SampleType));
        Assert.Empty(loaded.Notes);
        AssertQuarters(loaded.Pixels, tolerance);
    }

    [Fact]
    public void Read_GrayJpeg_StaysGray()
    {
        var pixels = Fixture.Load(Fixture.Bytes("gray.jpg")).Pixels;

        Assert.Equal(ColorModel.Gray, pixels.Color);
        int[] levels = [pixels.Row<byte>(3)[3], pixels.Row<byte>(3)[12], pixels.Row<byte>(12)[3], pixels.Row<byte>(12)[12]];
        Assert.Equal([0, 85, 170, 255], levels);
    }

    [Theory]
    [InlineData(JpegFile.App2, "urn:iso:std:iso:ts:21496:-1\0\0\0\0\0")]
    [InlineData(JpegFile.App1, "http://ns.adobe.com/xap/1.0/\0<x hdrgm:Version=\"1.0\"/>")]
    public void Read_JpegWithAGainMap_SaysThatItIsLost(byte marker, string payload)
    {
        var file = JpegFile.Insert(Fixture.Bytes("rgb.jpg"), marker, System.Text.Encoding.ASCII.GetBytes(payload));

        Assert.Contains("gain map", Assert.Single(Fixture.Load(file).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WebpWithAlpha_KeepsColourUnderTransparency()
    {
        var pixels = Fixture.Load(Fixture.Bytes("rgba.webp")).Pixels;

        Assert.Equal(ColorModel.Rgba, pixels.Color);
        Assert.Equal([255, 0, 0, 255], pixels.Row<byte>(0)[..4].ToArray());
        Assert.Equal([0, 255, 0, 128], pixels.Row<byte>(0)[^4..].ToArray());
        Assert.Equal([0, 0, 255, 0], pixels.Row<byte>(3)[..4].ToArray());
        Assert.Equal([255, 255, 255, 64], pixels.Row<byte>(3)[^4..].ToArray());
    }

    [Theory]
    [InlineData("anim.gif")]
    [InlineData("anim.webp")]
    public void Read_Animation_TakesTheFirstFrameWithANote(string name)
    {
        var loaded = Fixture.Load(Fixture.Bytes(name));

        Assert.Equal(ColorModel.Rgb, loaded.Pixels.Color);
        AssertQuarters(loaded.Pixels, 0);
        Assert.Contains("Of 2 frames", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Avif12Bit_FillsTheWhole16BitRange()
    {
        var pixels = Fixture.Load(Fixture.Bytes("rgb12.avif")).Pixels;

        // As libavif's own decoder gives them: levels 0, 1, 2048, 4095 times 65535 / 4095.
        ushort[] expected = [0, 0, 16, 16, 32776, 32776, 65535, 65535];
        for (var x = 0; x < 8; x++)
        {
            Assert.Equal(expected[x], pixels.Row<ushort>(5)[x * 3]);
        }
    }

    [Fact]
    public void Read_HeifWithHevc_WorksOrSaysThatTheCodecIsMissing()
    {
        if (ImageFormats.Readable.Contains(ImageFormat.Heif))
        {
            AssertQuarters(Fixture.Load(Fixture.Bytes("hevc.heic")).Pixels, 4);
        }
        else
        {
            var error = Assert.Throws<ImageFileException>(() => Fixture.Load(Fixture.Bytes("hevc.heic")));
            Assert.Contains("HEVC", error.Message, StringComparison.Ordinal);
            Assert.Contains("Convert it", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, new byte[] { 1, 2, 3, 255, 0, 0, 0, 0 })]
    [InlineData(false, new byte[] { 1, 2, 3, 4, 5, 6 })]
    public void Read_Gif_HasAlphaOnlyWhereAPixelIsTransparent(bool transparent, byte[] expected)
    {
        // Two colours; LZW with minimum code size 2: clear (4), 0, 1, end (5), 3 bits each, low bits first.
        byte[] graphicControl = transparent ? [0x21, 0xF9, 4, 1, 0, 0, 1, 0] : [];
        byte[] file =
        [
            .. "GIF89a"u8, 2, 0, 1, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6, .. graphicControl,
            0x2C, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0b01_000_100, 0b0000_1010, 0, 0x3B,
        ];

        Assert.Equal(expected, Fixture.Load(file).Pixels.Samples<byte>().ToArray());
    }

    private static void AssertQuarters(ImageBuffer pixels, int tolerance)
    {
        var (low, high) = (pixels.Width / 4, pixels.Width * 3 / 4);
        foreach (var (x, y, expected) in new[] { (low, low, Red), (high, low, Green), (low, high, Blue), (high, high, White) })
        {
            var actual = pixels.Row<byte>(y).Slice(x * 3, 3).ToArray();
            Assert.True(expected.Zip(actual).All(p => Math.Abs(p.First - p.Second) <= tolerance), $"({x}, {y}): expected {string.Join(" ", expected)}, got {string.Join(" ", actual)}");
        }
    }
}
