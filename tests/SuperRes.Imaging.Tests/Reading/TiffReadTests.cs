using System.IO.Compression;
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

    /// <summary>libvips turns unsigned samples and no others.</summary>
    [Fact]
    public void Read_FloatWhoseWhiteIsZero_IsTurned()
    {
        var gray = Fixture.Load(TiffFile.Image(4, 1, 1, 32, sampleFormat: 3, photometric: 0).Build(Bytes([0f, 0.25f, 0.5f, 1f])));
        var withAlpha = Fixture.Load(TiffFile.Image(2, 1, 2, 32, sampleFormat: 3, photometric: 0).Build(Bytes([0.25f, 1f, 1f, 0.75f])));

        Assert.Equal([1f, 0.75f, 0.5f, 0f], gray.Pixels.Samples<float>().ToArray());
        Assert.Equal([0.75f, 1f, 0f, 0.75f], withAlpha.Pixels.Samples<float>().ToArray());
    }

    [Theory]
    [InlineData(1, new ushort[] { 65535, 32768, 0 })]
    [InlineData(2, new ushort[] { 65535, 32767, 0 })]
    [InlineData(4, new ushort[] { 65535, 32768, 0 })]
    public void Read_IntegersWhoseWhiteIsZero_AreTurned(int sampleFormat, ushort[] expected)
    {
        ushort[] stored = sampleFormat == 2 ? [0, 16384, 32767] : [0, 32767, 65535];

        Assert.Equal(expected, Fixture.Load(TiffFile.Image(3, 1, 1, 16, sampleFormat: sampleFormat, photometric: 0).Build(Bytes(stored))).Pixels.Samples<ushort>().ToArray());
    }

    /// <summary>Of more than libtiff gives without being told to.</summary>
    [Fact]
    public void Read_OneLargeCompressedStrip_IsRead()
    {
        const int Side = 4200;
        var samples = new byte[Side * Side * 3];
        new Random(1).NextBytes(samples);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            zlib.Write(samples);
        }

        var loaded = Fixture.Load(TiffFile.Image(Side, Side, 3, 8).Short(259, 8).Build(compressed.ToArray()));

        Assert.True(loaded.Pixels.Samples<byte>().SequenceEqual(samples));
    }

    /// <summary>One uncompressed strip libtiff cuts itself, and two it does not.</summary>
    [Fact]
    public void Read_TwoLargeUncompressedStrips_AreRead()
    {
        var (width, height) = (6000, 6000);
        var samples = new byte[width * height * 3];
        samples[^1] = 77;
        var stripLength = samples.Length / 2;
        var tiff = TiffFile.Image(width, height, 3, 8).Long(278, height / 2).Long(273, 8, 8 + stripLength).Long(279, stripLength, stripLength);

        var loaded = Fixture.Load(tiff.Build(samples, isOneStrip: false));

        Assert.Equal(77, loaded.Pixels.Samples<byte>()[^1]);
    }

    [Fact]
    public void Read_UnsignedInt32_BecomesFloatFrom0To1WithANote()
    {
        var loaded = Fixture.Load(TiffFile.Image(3, 1, 1, 32).Build(Bytes([0u, uint.MaxValue / 2 + 1, uint.MaxValue])));

        Assert.Equal([0f, 0.5f, 1f], loaded.Pixels.Samples<float>().ToArray());
        Assert.Contains("32-bit", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HalfFloat_BecomesFloat() =>
        Assert.Equal([0.25f, 2f], Fixture.Load(TiffFile.Image(2, 1, 1, 16, sampleFormat: 3).Build(Bytes([(Half)0.25f, (Half)2f]))).Pixels.Samples<float>().ToArray());

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

    public static TheoryData<string, int, int, int[], byte[], byte[]> ExtraChannels() => new()
    {
        // TIFF 6.0, ExtraSamples: 0 unspecified, 1 premultiplied alpha, 2 straight alpha, in the order of the channels.
        { "RGB and infrared", 2, 4, [0], [10, 20, 30, 0, 200, 100, 50, 90], [10, 20, 30, 200, 100, 50] },
        { "RGB, alpha and another", 2, 5, [2, 0], [10, 20, 30, 0, 7, 200, 100, 50, 90, 7], [10, 20, 30, 0, 200, 100, 50, 90] },
        { "RGB, another and alpha", 2, 5, [0, 2], [10, 20, 30, 7, 0, 200, 100, 50, 7, 90], [10, 20, 30, 0, 200, 100, 50, 90] },
        { "gray and two others", 1, 3, [0, 0], [10, 20, 30, 200, 100, 50], [10, 200] },
        { "gray, alpha and another", 1, 3, [2, 0], [10, 20, 30, 200, 100, 50], [10, 20, 200, 100] },
        { "gray and another", 1, 2, [0], [10, 20, 200, 100], [10, 200] },

        // 10 * 255 / 60 = 42.5 -> 43, 85, 127.5 -> 128; 100 * 255 / 128 = 199.2, 50 * 255 / 128 = 99.6.
        { "RGB, premultiplied alpha and another", 2, 5, [1, 0], [10, 20, 30, 60, 7, 100, 100, 50, 128, 7], [43, 85, 128, 60, 199, 199, 100, 128] },
        { "premultiplied alpha behind two others", 2, 6, [0, 0, 1], [10, 20, 30, 8, 9, 60, 100, 100, 50, 8, 9, 128], [43, 85, 128, 60, 199, 199, 100, 128] },
    };

    [Theory]
    [MemberData(nameof(ExtraChannels))]
    public void Read_ExtraChannels_KeepsColourAndWhatTheFileCallsAlpha(string kind, int photometric, int channels, int[] extra, byte[] stored, byte[] expected)
    {
        foreach (var bigEndian in (bool[])[false, true])
        {
            var tiff = TiffFile.Image(2, 1, channels, 8, bigEndian, photometric: photometric).Short(338, extra);

            var loaded = Fixture.Load(tiff.Build(stored));

            Assert.True(expected.AsSpan().SequenceEqual(loaded.Pixels.Samples<byte>()), $"{kind}: {string.Join(", ", loaded.Pixels.Samples<byte>().ToArray())}");
            Assert.Contains($"Of {channels} channels", Assert.Single(loaded.Notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_FourChannelsOfRgbThatAreNotExplained_AreTakenForRgbaWithANote()
    {
        // As programs write RGBA that don't know of ExtraSamples.
        var tiff = new TiffFile().Long(256, 1).Long(257, 1).Short(258, 8, 8, 8, 8).Short(262, 2).Short(277, 4).Long(278, 1);

        var loaded = Fixture.Load(tiff.Build([10, 20, 30, 90]));

        Assert.Equal(ColorModel.Rgba, loaded.Pixels.Color);
        Assert.Equal([10, 20, 30, 90], loaded.Pixels.Samples<byte>().ToArray());
        Assert.Contains("taken for alpha", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, 3, 8, "64-bit float")]
    [InlineData(12, 1, 3, "12-bit integers")]
    public void Read_SamplesOfAKindThatIsNotRead_SaysWhichAre(int bits, int format, int bytes, string expected)
    {
        var width = bytes * 8 / bits;

        var error = Assert.Throws<ImageFileException>(() => Fixture.Load(TiffFile.Image(width, 1, 1, bits, sampleFormat: format).Build(new byte[bytes])));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("32-bit float", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", error.Message, StringComparison.Ordinal);
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
