using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Reading;

public sealed class PngReadTests
{
    [Fact]
    public void Read_Rgb8_GivesTheSamples()
    {
        var pixels = Fixture.Load(PngFile.Build(2, 2, 8, PngFile.Rgb, [1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252])).Pixels;

        Assert.Equal((2, 2, ColorModel.Rgb), (pixels.Width, pixels.Height, pixels.Color));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252], pixels.Samples<byte>().ToArray());
    }

    [Fact]
    public void Read_Rgba16_GivesTheSamples()
    {
        var pixels = Fixture.Load(PngFile.Build(1, 2, 16, PngFile.Rgba, [0, 1, 1, 0, 0x12, 0x34, 0xFF, 0xFF, 0xAB, 0xCD, 0, 0, 0x80, 0, 0, 7])).Pixels;

        Assert.Equal(ColorModel.Rgba, pixels.Color);
        Assert.Equal([1, 256, 0x1234, 65535, 0xABCD, 0, 0x8000, 7], pixels.Samples<ushort>().ToArray());
    }

    [Fact]
    public void Read_Gray16_StaysGray16()
    {
        var pixels = Fixture.Load(PngFile.Build(2, 1, 16, PngFile.Gray, [0x12, 0x34, 0xFF, 0xFE])).Pixels;

        Assert.Equal(ColorModel.Gray, pixels.Color);
        Assert.Equal([0x1234, 0xFFFE], pixels.Samples<ushort>().ToArray());
    }

    [Fact]
    public void Read_GrayAlpha8_KeepsBothChannels()
    {
        var pixels = Fixture.Load(PngFile.Build(2, 1, 8, PngFile.GrayAlpha, [10, 20, 30, 0])).Pixels;

        Assert.Equal(ColorModel.GrayAlpha, pixels.Color);
        Assert.Equal([10, 20, 30, 0], pixels.Samples<byte>().ToArray());
    }

    [Theory]
    [InlineData(1, 0b0101_0000, new byte[] { 0, 255, 0, 255 })]
    [InlineData(2, 0b00_01_10_11, new byte[] { 0, 85, 170, 255 })]
    public void Read_GrayBelow8Bits_IsStretchedTo8(int depth, byte row, byte[] expected)
    {
        var pixels = Fixture.Load(PngFile.Build(4, 1, depth, PngFile.Gray, [row])).Pixels;

        Assert.Equal(ColorModel.Gray, pixels.Color);
        Assert.Equal(expected, pixels.Samples<byte>().ToArray());
    }

    [Fact]
    public void Read_Palette_BecomesRgb()
    {
        var file = PngFile.Build(3, 1, 8, PngFile.Palette, [2, 0, 1], ("PLTE", [10, 11, 12, 20, 21, 22, 30, 31, 32]));

        var pixels = Fixture.Load(file).Pixels;

        Assert.Equal(ColorModel.Rgb, pixels.Color);
        Assert.Equal([30, 31, 32, 10, 11, 12, 20, 21, 22], pixels.Samples<byte>().ToArray());
    }

    [Fact]
    public void Read_PaletteWithTransparency_BecomesRgba()
    {
        var file = PngFile.Build(2, 1, 4, PngFile.Palette, [0x01], ("PLTE", [10, 11, 12, 20, 21, 22]), ("tRNS", [7]));

        var pixels = Fixture.Load(file).Pixels;

        Assert.Equal(ColorModel.Rgba, pixels.Color);
        Assert.Equal([10, 11, 12, 7, 20, 21, 22, 255], pixels.Samples<byte>().ToArray());
    }

    [Fact]
    public void Read_TransparentColourKey_BecomesAlpha()
    {
        var file = PngFile.Build(2, 1, 8, PngFile.Rgb, [1, 2, 3, 4, 5, 6], ("tRNS", [0, 4, 0, 5, 0, 6]));

        Assert.Equal([1, 2, 3, 255, 4, 5, 6, 0], Fixture.Load(file).Pixels.Samples<byte>().ToArray());
    }

    [Theory]
    [InlineData(11811, 300)]
    [InlineData(5906, 150.01)]
    public void Read_PhysicalSize_GivesPixelsPerInch(int perMetre, double perInch)
    {
        var file = PngFile.Build(1, 1, 8, PngFile.Gray, [0], ("pHYs", [.. PngFile.BigEndian(perMetre), .. PngFile.BigEndian(perMetre), 1]));

        Assert.Equal(new ImageResolution(perInch, perInch), Fixture.Load(file).Metadata.Resolution);
    }

    [Fact]
    public void Read_WithoutPhysicalSize_GivesNoResolution() =>
        Assert.Null(Fixture.Load(PngFile.Build(1, 1, 8, PngFile.Gray, [0])).Metadata.Resolution);

    [Fact]
    public void ReadThenWrite_ColourDescriptionAndComments_AreKept()
    {
        (string, byte[])[] chunks =
        [
            ("gAMA", PngFile.BigEndian(100000)),
            ("cHRM", [.. Enumerable.Range(1, 8).SelectMany(i => PngFile.BigEndian(i * 5000))]),
            ("tEXt", [.. "Comment\0hello"u8]),
        ];
        var loaded = Fixture.Load(PngFile.Build(1, 1, 8, PngFile.Rgb, [1, 2, 3], chunks));

        var written = Encode.ToBytes(loaded, ImageFormat.Png, out var notes);

        Assert.Empty(notes);
        foreach (var (type, data) in chunks)
        {
            Assert.Equal(data, PngFile.Chunk(written, type));
        }
    }

    [Fact]
    public void ReadThenWrite_AsJpeg_SaysWhatOfTheColourDescriptionIsLost()
    {
        var loaded = Fixture.Load(PngFile.Build(1, 1, 8, PngFile.Rgb, [1, 2, 3], ("gAMA", PngFile.BigEndian(100000)), ("tEXt", [.. "Comment\0hello"u8])));

        Encode.ToBytes(loaded, ImageFormat.Jpeg, out var notes);

        Assert.Equal(2, notes.Count);
        Assert.Contains(notes, note => note.Contains("says of its colours in gAMA", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("comments", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadThenWrite_AsJpeg_DoesNotMissWhatOnlySaysSrgb()
    {
        int[] primaries = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];
        var file = PngFile.Build(1, 1, 8, PngFile.Rgb, [1, 2, 3], ("gAMA", PngFile.BigEndian(45455)), ("cHRM", [.. primaries.SelectMany(PngFile.BigEndian)]), ("sRGB", [0]));

        Encode.ToBytes(Fixture.Load(file), ImageFormat.Jpeg, out var notes);

        Assert.Empty(notes);
    }
}
