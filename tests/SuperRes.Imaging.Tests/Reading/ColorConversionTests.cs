using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Reading;

/// <summary>CMYK and L*a*b*, whose samples have to become RGB.</summary>
public sealed class ColorConversionTests
{
    private const int Cmyk = 5;

    [Fact]
    public void Read_CmykJpegWithoutProfile_GivesTheInksColours()
    {
        var loaded = Fixture.Load(Fixture.Bytes("cmyk.jpg"));

        Assert.Equal(ColorModel.Rgb, loaded.Pixels.Color);
        Assert.Contains("CMYK", Assert.Single(loaded.Notes), StringComparison.Ordinal);

        // Printed inks have no exact sRGB values: ISO coated cyan lies near (0, 158, 224), red (M + Y) near (227, 0, 27).
        AssertNear([255, 255, 255], Pixel(loaded, 3, 3), 3);
        AssertNear([0, 160, 224], Pixel(loaded, 12, 3), 30);
        AssertNear([35, 31, 32], Pixel(loaded, 3, 12), 30);
        AssertNear([230, 30, 35], Pixel(loaded, 12, 12), 30);
        Assert.False(loaded.Metadata.IccProfile.IsEmpty);
    }

    [Fact]
    public void Read_CmykTiffWithProfile_GoesThroughThatProfile()
    {
        // A profile in which, against all custom, cyan prints L*50 gray, black prints sRGB red and no ink is white.
        // sRGB red in CIELab D50: 54.29, 80.81, 69.89 (Lindbloom's calculator).
        var profile = IccProfile.Cmyk((c, m, y, k) => k ? ((byte)138, (byte)209, (byte)198) : c ? ((byte)128, (byte)128, (byte)128) : ((byte)255, (byte)128, (byte)128));
        var tiff = TiffFile.Image(3, 1, 4, 8, photometric: Cmyk).Undefined(34675, profile);

        var loaded = Fixture.Load(tiff.Build([0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255]));

        AssertNear([255, 255, 255], Pixel(loaded, 0, 0), 2);
        AssertNear([119, 119, 119], Pixel(loaded, 1, 0), 2); // L* 50.2 is linear 0.186, in sRGB 119.6
        AssertNear([254, 0, 0], Pixel(loaded, 2, 0), 5);
        Assert.Contains("own profile", Assert.Single(loaded.Notes), StringComparison.Ordinal);
        Assert.NotEqual(profile, loaded.Metadata.IccProfile.ToArray());
    }

    [Theory]
    [InlineData(8, 0x88, 0x00)]
    [InlineData(9, 0x08, 0x80)]
    public void Read_LabTiff8_GivesSrgb(int photometric, byte negative, byte neutral)
    {
        // L* 50.2 neutral, and L* 87.8 with a* -120 or so: beyond green, so only its direction is certain.
        var tiff = TiffFile.Image(2, 1, 3, 8, photometric: photometric);

        var loaded = Fixture.Load(tiff.Build([128, neutral, neutral, 224, negative, neutral]));

        Assert.Equal(SampleType.UInt8, loaded.Pixels.SampleType);
        AssertNear([119, 119, 119], Pixel(loaded, 0, 0), 2);
        var green = Pixel(loaded, 1, 0);
        Assert.True(green[1] > 200 && green[0] < 80, string.Join(", ", green));
        Assert.Contains("L*a*b*", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LabTiff16_GivesSrgb16()
    {
        var loaded = Fixture.Load(TiffFile.Image(1, 1, 3, 16, photometric: 8).Build([0xFF, 0xFF, 0, 0, 0, 0]));

        Assert.Equal(SampleType.UInt16, loaded.Pixels.SampleType);
        Assert.All(loaded.Pixels.Samples<ushort>().ToArray(), v => Assert.InRange(v, 65200, 65535));
    }

    /// <summary>In 16 bits of ICCLab 65280 is L* 100 (Adobe Photoshop TIFF Technical Notes); L* 50 is 0.18419 of white, and 46.63 % of sRGB's range.</summary>
    [Theory]
    [InlineData(9, 65280, 0x8000, 65535)]
    [InlineData(9, 32640, 0x8000, 30561)]
    [InlineData(8, 32768, 0, 30561)]
    public void Read_LabTiff16_OfGrays_GivesTheirSrgb(int photometric, int lightness, int neutral, int expected)
    {
        byte[] sample = [(byte)lightness, (byte)(lightness >> 8), (byte)neutral, (byte)(neutral >> 8), (byte)neutral, (byte)(neutral >> 8)];

        var loaded = Fixture.Load(TiffFile.Image(1, 1, 3, 16, photometric: photometric).Build(sample));

        Assert.All(loaded.Pixels.Samples<ushort>().ToArray(), value => Assert.InRange(value, expected - 40, expected + 40));
    }

    [Theory]
    [InlineData(5, 4, 3)]
    [InlineData(8, 3, 3)]
    [InlineData(8, 3, 1)]
    public void Read_32BitsASampleThatAreToBeConverted_AreRefused(int photometric, int channels, int sampleFormat)
    {
        var tiff = TiffFile.Image(1, 1, channels, 32, sampleFormat: sampleFormat, photometric: photometric);

        var error = Assert.Throws<ImageFileException>(() => Fixture.Load(tiff.Build(new byte[4 * channels])));

        Assert.Contains("unsigned samples of 8 or 16 bits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CmykWithAlphaMultipliedIn_IsRefused()
    {
        var tiff = TiffFile.Image(1, 1, 5, 8, photometric: Cmyk).Short(338, 1);

        var error = Assert.Throws<ImageFileException>(() => Fixture.Load(tiff.Build([0, 64, 64, 0, 128])));

        Assert.Contains("multiplied", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CmykWithAProfileThatCantBeUsed_SaysWhatItWentThrough()
    {
        var profile = IccProfile.Cmyk((_, _, _, _) => (128, 128, 128))[..132];
        PngFile.BigEndian(132).CopyTo(profile, 0);
        new byte[4].CopyTo(profile, 128);
        byte[] pixel = [255, 0, 0, 0];

        var damaged = Fixture.Load(TiffFile.Image(1, 1, 4, 8, photometric: Cmyk).Undefined(34675, profile).Build(pixel));
        var without = Fixture.Load(TiffFile.Image(1, 1, 4, 8, photometric: Cmyk).Build(pixel));

        Assert.Equal(Pixel(without, 0, 0), Pixel(damaged, 0, 0));
        Assert.Contains("general-purpose", Assert.Single(damaged.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, 16)]
    [InlineData(12, 13)]
    public void Read_AvifThatNamesAnotherSpaceThanSrgb_HandsTheNameOn(byte primaries, byte transfer)
    {
        var file = Fixture.Bytes("rgb.avif");
        var at = file.AsSpan().IndexOf("colrnclx"u8) + 8;
        Assert.True(at > 8);
        (file[at + 1], file[at + 3]) = (primaries, transfer);

        var loaded = Fixture.Load(file);

        Assert.Equal([primaries, transfer, 0, 1], PngFile.Chunk(Encode.ToBytes(loaded, ImageFormat.Png, out _), "cICP"));
        Encode.ToBytes(loaded, ImageFormat.Jpeg, out var notes);
        Assert.Contains("says of its colours in cICP", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AvifWhoseImagesDiffer_HandsNoNameOn()
    {
        // A second colr box beside the first, as that of a gain map: all lengths around it grow by as much.
        var file = Fixture.Bytes("rgb.avif").ToList();
        byte[] box = [0, 0, 0, 19, .. "colrnclx"u8, 0, 9, 0, 16, 0, 0, 0x80];
        var bytes = file.ToArray();
        var at = bytes.AsSpan().IndexOf("colrnclx"u8) - 4;
        foreach (var name in (string[])["meta", "iprp", "ipco"])
        {
            var length = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) - 4;
            bytes[length + 3] += (byte)box.Length;
        }

        file = [.. bytes[..at], .. box, .. bytes[at..]];

        Assert.Empty(SuperRes.Imaging.Reading.FileExtras.Read(new MemoryStream([.. file]), ImageFormat.Avif, CancellationToken.None).PngChunks);
    }

    [Theory]
    [InlineData(1, 13)]
    [InlineData(2, 2)]
    public void Read_AvifOfSrgb_HandsNoNameOn(byte primaries, byte transfer)
    {
        var file = Fixture.Bytes("rgb.avif");
        var at = file.AsSpan().IndexOf("colrnclx"u8) + 8;
        (file[at + 1], file[at + 3]) = (primaries, transfer);

        Assert.DoesNotContain(PngFile.Chunks(Encode.ToBytes(Fixture.Load(file), ImageFormat.Png, out _)), chunk => chunk.Type == "cICP");
    }

    [Fact]
    public void Read_LabTiffWithOneChannel_IsRefused()
    {
        var error = Assert.Throws<ImageFileException>(() => Fixture.Load(TiffFile.Image(1, 1, 1, 8, photometric: 8).Build([128])));

        Assert.Contains("three channels", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Pixel(LoadedImage image, int x, int y) => image.Pixels.Row<byte>(y).Slice(x * 3, 3).ToArray();

    private static void AssertNear(byte[] expected, byte[] actual, int tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"expected ({string.Join(", ", expected)}) within {tolerance}, got ({string.Join(", ", actual)})");
        }
    }

    // By JFIF's formulas (ITU-T T.871, 7): R = 76 + 1.402 * 127, G = 76 + 0.344136 * 43 - 0.714136 * 127, B = 76 - 1.772 * 43.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_TiffYCbCr_IsConvertedToRgb(bool withAlpha)
    {
        var tiff = TiffFile.Image(2, 1, withAlpha ? 4 : 3, 8, photometric: 6).Short(530, 1, 1);

        var loaded = Fixture.Load(tiff.Build(withAlpha ? [76, 85, 255, 9, 200, 128, 128, 7] : [76, 85, 255, 200, 128, 128]));

        Assert.Equal(withAlpha ? [254, 0, 0, 9, 200, 200, 200, 7] : [254, 0, 0, 200, 200, 200], loaded.Pixels.Samples<byte>().ToArray());
        Assert.Empty(loaded.Notes);
    }

    [Fact]
    public void Read_TiffYCbCrWithItsOwnWeightsAndRange_FollowsThem()
    {
        // ITU-R BT.709 in video range: Y 16 to 235, chroma 128 +- 112. Its blue is Y 32, Cb 240, Cr 118 (BT.709, 4.2 rounded).
        var tiff = TiffFile.Image(2, 1, 3, 8, photometric: 6).Short(530, 1, 1)
            .Rational(529, (2126, 10000), (7152, 10000), (722, 10000))
            .Rational(532, (16, 1), (235, 1), (128, 1), (240, 1), (128, 1), (240, 1));

        var samples = Fixture.Load(tiff.Build([32, 240, 118, 235, 128, 128])).Pixels.Samples<byte>().ToArray();

        Assert.All(samples.Zip((int[])[0, 0, 255, 255, 255, 255]), p => Assert.InRange(p.First, p.Second - 2, p.Second + 2));
    }

    [Fact]
    public void Read_TiffYCbCrSubsampled_IsRefused()
    {
        // Without the tag chroma is halved in both directions (TIFF 6.0, section 21).
        var tiff = TiffFile.Image(2, 2, 3, 8, photometric: 6);

        var error = Assert.Throws<ImageFileException>(() => Fixture.Load(tiff.Build([1, 2, 3, 4, 128, 128])));

        Assert.Contains("subsampled 2x2", error.Message, StringComparison.Ordinal);
    }
}
