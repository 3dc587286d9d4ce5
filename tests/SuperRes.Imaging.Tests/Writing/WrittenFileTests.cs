using System.Buffers.Binary;
using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Writing;

/// <summary>Takes written files apart by their specifications, without the reader of this library.</summary>
public sealed class WrittenFileTests
{
    [Theory]
    [InlineData(ColorModel.Gray, PngFile.Gray)]
    [InlineData(ColorModel.GrayAlpha, PngFile.GrayAlpha)]
    [InlineData(ColorModel.Rgb, PngFile.Rgb)]
    [InlineData(ColorModel.Rgba, PngFile.Rgba)]
    public void Write_Png8_HoldsTheSamples(ColorModel color, int type)
    {
        var image = TestImages.Noise(9, 5, color, SampleType.UInt8, seed: 4);

        var png = PngFile.Decode(Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Png }, out _));

        Assert.Equal((9, 5, 8, type), (png.Width, png.Height, png.Depth, png.ColorType));
        Assert.Equal(image.Samples<byte>().ToArray(), png.Rows);
    }

    [Theory]
    [InlineData(ColorModel.Gray)]
    [InlineData(ColorModel.Rgba)]
    public void Write_Png16_HoldsTheSamplesBigEndian(ColorModel color)
    {
        var image = TestImages.Noise(9, 5, color, SampleType.UInt16, seed: 4);

        var png = PngFile.Decode(Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Png }, out _));

        Assert.Equal(16, png.Depth);
        Assert.Equal(image.Samples<ushort>().ToArray(), png.Rows.Chunk(2).Select(b => BinaryPrimitives.ReadUInt16BigEndian(b)).ToArray());
    }

    [Theory]
    [InlineData(PngFilter.Sub, 1)]
    [InlineData(PngFilter.None, 0)]
    [InlineData(PngFilter.Up, 2)]
    [InlineData(PngFilter.Average, 3)]
    [InlineData(PngFilter.Paeth, 4)]
    public void Write_PngWithAFilter_UsesIt(PngFilter filter, int expected)
    {
        var image = TestImages.Noise(9, 5, ColorModel.Rgb, SampleType.UInt8, seed: 4);

        var file = Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Png, PngFilter = filter }, out _);

        // The first row has none above it, so the library may use an equivalent filter there.
        Assert.All(PngFile.Filters(file)[1..], f => Assert.Equal(expected, f));
    }

    [Fact]
    public void Write_PngByDefault_UsesSub() =>
        Assert.Equal((6, PngFilter.Sub), (ImageWriteOptions.Default.PngCompression, ImageWriteOptions.Default.PngFilter));

    [Fact]
    public void Write_PngAtACompressionLevel_IsSmallerThanUncompressed()
    {
        var image = new ImageBuffer(64, 64, ColorModel.Rgb, SampleType.UInt8);

        var stored = Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Png, PngCompression = 0 }, out _);
        var compressed = Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Png }, out _);

        Assert.True(stored.Length > 64 * 64 * 3);
        Assert.True(compressed.Length < 1000);
    }

    [Theory]
    [InlineData(SampleType.UInt8, 8, 1)]
    [InlineData(SampleType.UInt16, 16, 1)]
    [InlineData(SampleType.Float32, 32, 3)]
    public void Write_Tiff_HoldsTheSamples(SampleType type, int bits, int format)
    {
        foreach (var color in Enum.GetValues<ColorModel>())
        {
            var image = TestImages.Noise(9, 5, color, type, seed: 4);

            var file = Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Tiff, TiffCompression = TiffCompression.None }, out _);

            var fields = TiffFile.Parse(file, out var order);
            Assert.Equal(Enumerable.Repeat(bits, (int)color), TiffFile.Numbers(fields[(0, 258)], order));
            Assert.Equal(Enumerable.Repeat(format, (int)color), TiffFile.Numbers(fields[(0, 339)], order));
            Assert.Equal(color is ColorModel.Gray or ColorModel.GrayAlpha ? 1 : 2, TiffFile.Numbers(fields[(0, 262)], order)[0]);
            Assert.Equal(image.HasAlpha ? [2] : [], fields.TryGetValue((0, 338), out var extra) ? TiffFile.Numbers(extra, order) : []);
            var strip = TiffFile.Numbers(fields[(0, 273)], order)[0];
            Assert.Equal(image.Bytes().ToArray(), file[strip..(strip + image.Bytes().Length)]);
        }
    }

    [Theory]
    [InlineData(TiffCompression.None, 1)]
    [InlineData(TiffCompression.Lzw, 5)]
    [InlineData(TiffCompression.Deflate, 8)]
    public void Write_TiffWithACompression_NamesIt(TiffCompression compression, int expected)
    {
        var image = TestImages.Noise(9, 5, ColorModel.Rgb, SampleType.UInt16, seed: 4);

        var file = Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Tiff, TiffCompression = compression }, out _);

        Assert.Equal([expected], TiffFile.Numbers(TiffFile.Parse(file, out var order)[(0, 259)], order));
        Assert.Equal(image.Bytes().ToArray(), Fixture.Load(file).Pixels.Bytes().ToArray());
    }

    [Fact]
    public void Write_JpegAtHighQuality_IsNotSubsampled()
    {
        var image = TestImages.Noise(16, 16, ColorModel.Rgb, SampleType.UInt8, seed: 4);

        byte[] Frame(int quality) => Assert.Single(
            JpegFile.Segments(Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Jpeg, JpegQuality = quality }, out _)),
            s => s.Marker is 0xC0 or 0xC1 or 0xC2).Payload;

        // Per component: number, sampling factors, table. Factors 1x1 of luma mean 4:4:4.
        Assert.Equal(0x11, Frame(95)[7]);
        Assert.Equal(0x22, Frame(50)[7]);
    }

    [Fact]
    public void Write_WebpLossless_KeepsEverySampleAlsoUnderTransparency()
    {
        var image = TestImages.Noise(9, 5, ColorModel.Rgba, SampleType.UInt8, seed: 4);

        var file = Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Webp, WebpLossless = true }, out var notes);

        Assert.Empty(notes);
        Assert.Contains(RiffFile.Chunks(file), c => c.Type == "VP8L");
        Assert.Equal(image.Bytes().ToArray(), Fixture.Load(file).Pixels.Bytes().ToArray());
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, false, false)]
    [InlineData(false, null, false)]
    [InlineData(false, true, true)]
    public void ReadThenWrite_Webp_StaysLosslessUnlessToldOtherwise(bool before, bool? option, bool after)
    {
        // With a profile the file has the extended form, where the pixels' chunk is not the first.
        var metadata = new ImageMetadata { IccProfile = IccProfile.DisplayP3() };
        var image = TestImages.Noise(9, 5, ColorModel.Rgb, SampleType.UInt8, seed: 4);
        var loaded = Fixture.Load(Encode.ToBytes(image, metadata, new ImageWriteOptions { Format = ImageFormat.Webp, WebpLossless = before }, out _));

        var file = Encode.ToBytes(loaded.Pixels, loaded.Metadata, new ImageWriteOptions { Format = ImageFormat.Webp, WebpLossless = option }, out _);

        Assert.Equal(after, RiffFile.Chunks(file).Exists(c => c.Type == "VP8L"));
        Assert.Equal(!after, RiffFile.Chunks(file).Exists(c => c.Type == "VP8 "));
    }

    [Theory]
    [InlineData(ColorModel.Rgb)]
    [InlineData(ColorModel.Rgba)]
    public void Write_SimpleWebpWithExif_StatesItsSizeAndAlphaInTheExtendedHeader(ColorModel color)
    {
        var exif = new TiffFile().Ascii(271, "Acme").Build();
        foreach (var lossless in (bool[])[true, false])
        {
            var image = TestImages.Noise(300, 5, color, SampleType.UInt8, seed: 4);

            var file = Encode.ToBytes(image, new ImageMetadata { Exif = exif }, new ImageWriteOptions { Format = ImageFormat.Webp, WebpLossless = lossless }, out _);

            var header = RiffFile.Chunk(file, "VP8X");
            Assert.Equal(0x08 | (color == ColorModel.Rgba ? 0x10 : 0), header[0]);
            Assert.Equal([299 & 0xFF, 299 >> 8, 0, 4, 0, 0], header[4..]);
            Assert.Equal(300, Fixture.Load(file).Pixels.Width);
        }
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Avif)]
    public void Write_Lossy_StaysNearTheOriginal(ImageFormat format)
    {
        var image = TestImages.Gradient(64, 48);

        var back = Fixture.Load(Encode.ToBytes(image, null, new ImageWriteOptions { Format = format }, out var notes)).Pixels;

        Assert.Empty(notes);
        var error = image.Samples<byte>().ToArray().Zip(back.Samples<byte>().ToArray(), (a, b) => (double)(a - b) * (a - b)).Average();
        Assert.True(10 * Math.Log10(255 * 255 / error) > 38, $"mean squared error {error}");
    }

    [Fact]
    public void Write_Avif16_KeepsTwelveBits()
    {
        var image = TestImages.Noise(16, 16, ColorModel.Rgb, SampleType.UInt16, seed: 4);

        var file = Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Avif, AvifLossless = true }, out var notes);

        Assert.Contains("12", Assert.Single(notes), StringComparison.Ordinal);
        var back = Fixture.Load(file).Pixels.Samples<ushort>().ToArray();
        Assert.True(image.Samples<ushort>().ToArray().Zip(back).All(p => Math.Abs(p.First - p.Second) <= 8)); // half of 65535 / 4095
    }

    [Fact]
    public void Write_JpegWithAlpha_LaysItOnWhiteAndSaysSo()
    {
        var image = ImageBuffer.FromSamples(8, 8, ColorModel.Rgba, [.. Enumerable.Repeat<byte[]>([0, 0, 0, 51], 64).SelectMany(p => p)]);

        var back = Fixture.Load(Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Jpeg }, out var notes)).Pixels;

        Assert.Contains("transparency", Assert.Single(notes), StringComparison.Ordinal);
        Assert.All(back.Samples<byte>().ToArray(), v => Assert.InRange(v, 203, 205)); // 255 * 0.8
    }

    [Fact]
    public void Write_Gray_ToAFormatWithoutIt_SaysSo()
    {
        var image = TestImages.Noise(8, 8, ColorModel.Gray, SampleType.UInt8, seed: 1);

        var back = Fixture.Load(Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Webp, WebpLossless = true }, out var notes)).Pixels;

        Assert.Contains("gray", Assert.Single(notes), StringComparison.Ordinal);
        Assert.Equal(image.Samples<byte>().ToArray(), back.Samples<byte>().ToArray().Chunk(3).Select(p => p[1]).ToArray());
    }

    [Theory]
    [InlineData(ImageFormat.Webp, 16_384, 1)]
    [InlineData(ImageFormat.Jpeg, 1, 65_501)]
    [InlineData(ImageFormat.Avif, 16_385, 1)]
    public void Write_BeyondTheFormatsLongestSide_SaysWhatToChoose(ImageFormat format, int width, int height)
    {
        var image = new ImageBuffer(width, height, ColorModel.Gray, SampleType.UInt8);

        var error = Assert.Throws<ImageFileException>(() => Encode.ToBytes(image, null, new ImageWriteOptions { Format = format }, out _));

        Assert.Contains($"{width}x{height}", error.Message, StringComparison.Ordinal);
        Assert.Contains("PNG or TIFF", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithOptionsOutOfRange_NamesThem()
    {
        var options = new ImageWriteOptions { JpegQuality = 0, PngCompression = 10, Format = ImageFormat.Png };

        Assert.Equal(2, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => Encode.ToBytes(TestImages.Gradient(2, 2), null, options, out _));
    }

    [Fact]
    public void Validate_OfValuesThatNoEnumHas_NamesThemAll()
    {
        var options = new ImageWriteOptions { PngFilter = (PngFilter)99, TiffCompression = (TiffCompression)(-1), Format = (ImageFormat)99 };

        Assert.Equal(3, options.Validate().Count);
        Assert.Contains("The TIFF compression is -1; it is one of None, Lzw, Deflate.", options.Validate());
    }

    [Fact]
    public void Write_FloatToPng_RoundsTo16BitAndClipsAndSaysSo()
    {
        var image = ImageBuffer.FromSamples(4, 1, ColorModel.Gray, [-1f, 0.5f, 2f, float.NaN]);

        var png = PngFile.Decode(Encode.ToBytes(image, null, new ImageWriteOptions { Format = ImageFormat.Png }, out var notes));

        Assert.Equal(2, notes.Count);
        Assert.Contains("16-bit", notes[0], StringComparison.Ordinal);
        Assert.Contains("clipped", notes[1], StringComparison.Ordinal);
        Assert.Equal([0, 0, 0x80, 0, 0xFF, 0xFF, 0, 0], png.Rows);
    }
}
