using SuperRes.Pixels;

namespace SuperRes.Tests.Pixels;

public sealed class ImageBufferTests
{
    [Fact]
    public void Crop_OfEachSampleType_CopiesTheRectangle()
    {
        var bytes = ImageBuffer.FromSamples(3, 2, ColorModel.GrayAlpha, new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 });
        var floats = ImageBuffer.FromSamples(3, 2, ColorModel.Gray, new float[] { 0, 1, 2, 3, 4, 5 });

        Assert.Equal([8, 9, 10, 11], bytes.Crop(1, 1, 2, 1).Samples<byte>().ToArray());
        Assert.Equal([1f, 4f], floats.Crop(1, 0, 1, 2).Samples<float>().ToArray());
    }

    [Theory]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, 0, 4, 1)]
    [InlineData(2, 1, 1, 2)]
    [InlineData(0, 0, 0, 1)]
    public void Crop_OutsideTheImage_Throws(int x, int y, int width, int height)
    {
        var image = new ImageBuffer(3, 2, ColorModel.Gray, SampleType.UInt8);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Crop(x, y, width, height));
    }

    [Fact]
    public void Samples_OfAnotherType_Throws()
    {
        var image = new ImageBuffer(1, 1, ColorModel.Rgb, SampleType.UInt16);
        Assert.Throws<InvalidOperationException>(() => image.Samples<byte>().Length);
        Assert.Throws<NotSupportedException>(() => image.Samples<short>().Length);
    }

    [Fact]
    public void FromSamples_WithWrongLength_SaysBothNumbers()
    {
        var error = Assert.Throws<ArgumentException>(() => ImageBuffer.FromSamples(2, 2, ColorModel.Rgb, new byte[11]));
        Assert.Contains("12", error.Message, StringComparison.Ordinal);
        Assert.Contains("11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WithMoreSamplesThanAnArrayHolds_Throws() =>
        Assert.Throws<NotSupportedException>(() => new ImageBuffer(60_000, 60_000, ColorModel.Rgb, SampleType.UInt8));

    [Fact]
    public void Constructor_WithSidesWhoseSamplesPass64Bits_SaysHowManyThereAre()
    {
        var error = Assert.Throws<NotSupportedException>(() => new ImageBuffer(int.MaxValue, int.MaxValue, ColorModel.Rgba, SampleType.UInt8));

        // 4 (2^31 - 1)^2, by hand.
        Assert.Contains("18446744056529682436 samples", error.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => ImageBuffer.FromSamples(int.MaxValue, int.MaxValue, ColorModel.Rgba, new byte[4]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(-1, 0)]
    [InlineData(3, 9)]
    public void Constructor_OfAnUnknownColorModelOrSampleType_Throws(int color, int type) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageBuffer(1, 1, (ColorModel)color, (SampleType)type));

    [Fact]
    public void Crop_OfMoreBytesThanASpanHolds_CopiesTheRectangle()
    {
        // 2.15 GB, of which next to nothing is ever touched.
        var image = new ImageBuffer(18_930, 18_930, ColorModel.Rgb, SampleType.UInt16);
        image.Row<ushort>(18_929)[^1] = 7;

        Assert.Equal(new ushort[] { 0, 0, 7 }, image.Crop(18_929, 18_929, 1, 1).Samples<ushort>().ToArray());
        Assert.Equal([7, 0], image.RowBytes(18_929)[^2..].ToArray());
    }
}
