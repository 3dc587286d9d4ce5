using System.Runtime.InteropServices;
using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Reading;

public sealed class TiffReadTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_Rgb16InEitherByteOrder_GivesTheSamples(bool bigEndian)
    {
        byte[] pixels = bigEndian ? [0x12, 0x34, 0, 1, 0xFF, 0xFE] : [0x34, 0x12, 1, 0, 0xFE, 0xFF];

        var loaded = Fixture.Load(TiffFile.Image(1, 1, 3, 16, bigEndian).Build(pixels));

        Assert.Equal(ColorModel.Rgb, loaded.Pixels.Color);
        Assert.Equal([0x1234, 1, 0xFFFE], loaded.Pixels.Samples<ushort>().ToArray());
        Assert.Empty(loaded.Notes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Read_Float_KeepsValuesOutsideBlackAndWhite(int channels)
    {
        float[] samples = [-0.5f, 0.25f, 7f];

        var loaded = Fixture.Load(TiffFile.Image(3 / channels, 1, channels, 32, sampleFormat: 3).Build(Bytes(samples)));

        Assert.Equal((ColorModel)channels, loaded.Pixels.Color);
        Assert.Equal(samples, loaded.Pixels.Samples<float>().ToArray());
    }

    [Fact]
    public void Read_UnsignedInt32_BecomesFloatFrom0To1WithANote()
    {
        var loaded = Fixture.Load(TiffFile.Image(3, 1, 1, 32).Build(Bytes([0u, uint.MaxValue / 2 + 1, uint.MaxValue])));

        Assert.Equal([0f, 0.5f, 1f], loaded.Pixels.Samples<float>().ToArray());
        Assert.Contains("32-bit", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneBit_BecomesGray8()
    {
        // Photometric 0: white is zero, so a set bit is black.
        var loaded = Fixture.Load(TiffFile.Image(8, 1, 1, 1, photometric: 0).Build([0b0101_0011]));

        Assert.Equal(ColorModel.Gray, loaded.Pixels.Color);
        Assert.Equal([255, 0, 255, 0, 255, 255, 0, 0], loaded.Pixels.Samples<byte>().ToArray());
    }

    [Fact]
    public void Read_Premultiplied8Bit_IsDividedByAlphaAndRounded()
    {
        // 100 * 255 / 200 = 127.5 -> 128; 1 * 255 / 3 = 85; alpha 0 -> 0; more colour than alpha -> clipped.
        var tiff = TiffFile.Image(4, 1, 2, 8).Short(338, 1);

        var loaded = Fixture.Load(tiff.Build([100, 200, 1, 3, 9, 0, 90, 80]));

        Assert.Equal([128, 200, 85, 3, 0, 0, 255, 80], loaded.Pixels.Samples<byte>().ToArray());
    }

    [Fact]
    public void Read_PremultipliedBigEndian16Bit_IsDividedByAlpha()
    {
        var tiff = TiffFile.Image(1, 1, 4, 16, bigEndian: true).Short(338, 1);

        var loaded = Fixture.Load(tiff.Build([0x10, 0, 0x20, 0, 0, 0, 0x40, 0]));

        // 0x1000 * 65535 / 0x4000 = 16383.75 and twice that.
        Assert.Equal([16384, 32768, 0, 0x4000], loaded.Pixels.Samples<ushort>().ToArray());
    }

    [Fact]
    public void Read_PremultipliedFloatGray_IsDividedByAlpha()
    {
        var tiff = TiffFile.Image(1, 1, 2, 32, sampleFormat: 3).Short(338, 1);

        Assert.Equal([0.5f, 0.25f], Fixture.Load(tiff.Build(Bytes([0.125f, 0.25f]))).Pixels.Samples<float>().ToArray());
    }

    [Fact]
    public void Read_SeveralPages_TakesTheFirstWithANote()
    {
        // Both directories show the one strip; what matters is that there are two.
        var second = TiffFile.Image(1, 1, 1, 8).Long(273, 8).Long(279, 1);

        var loaded = Fixture.Load(TiffFile.Image(1, 1, 1, 8).Next(second).Build([42]));

        Assert.Equal([42], loaded.Pixels.Samples<byte>().ToArray());
        Assert.Contains("2 frames or pages", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FiveChannels_KeepsThreeWithANote()
    {
        var tiff = TiffFile.Image(1, 1, 5, 8, photometric: 2).Short(338, 0, 0);

        var loaded = Fixture.Load(tiff.Build([1, 2, 3, 4, 5]));

        Assert.Equal([1, 2, 3], loaded.Pixels.Samples<byte>().ToArray());
        Assert.Contains("5 channels", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 300, 300)]
    [InlineData(3, 100, 254)]
    public void Read_ResolutionPerInchOrCentimetre_GivesPixelsPerInch(int unit, int stated, double perInch)
    {
        var tiff = TiffFile.Image(1, 1, 1, 8).Rational(282, (stated, 1)).Rational(283, (stated, 1)).Short(296, unit);

        Assert.Equal(new ImageResolution(perInch, perInch), Fixture.Load(tiff.Build([0])).Metadata.Resolution);
    }

    [Fact]
    public void Read_UnknownTags_AreNamedInANote()
    {
        var loaded = Fixture.Load(TiffFile.Image(1, 1, 1, 8).Short(34735, 1, 1, 0, 0).Build([0]));

        Assert.Contains("34735", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    private static byte[] Bytes<T>(T[] samples)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(samples).ToArray();
}
