using SuperRes.Pixels;

namespace SuperRes.Tests.Pixels;

public sealed class UnitSamplesTests
{
    [Fact]
    public void Load_OfEvery8BitValue_IsTheNearestFloatAndComesBack()
    {
        var image = ImageBuffer.FromSamples(256, 1, ColorModel.Gray, Enumerable.Range(0, 256).Select(value => (byte)value).ToArray());
        var row = new float[256];
        UnitSamples.Load(image, 0, row);
        Assert.Equal(Enumerable.Range(0, 256).Select(value => (float)(value / 255.0)), row);
        var back = new ImageBuffer(256, 1, ColorModel.Gray, SampleType.UInt8);
        UnitSamples.Store(row, back, 0);
        Assert.Equal(image.Samples<byte>(), back.Samples<byte>());
    }

    [Fact]
    public void Load_OfEvery16BitValue_IsTheNearestFloatAndComesBack()
    {
        var image = ImageBuffer.FromSamples(65536, 1, ColorModel.Gray, Enumerable.Range(0, 65536).Select(value => (ushort)value).ToArray());
        var row = new float[65536];
        UnitSamples.Load(image, 0, row);
        Assert.Equal(Enumerable.Range(0, 65536).Select(value => (float)(value / 65535.0)), row);
        var back = new ImageBuffer(65536, 1, ColorModel.Gray, SampleType.UInt16);
        UnitSamples.Store(row, back, 0);
        Assert.Equal(image.Samples<ushort>(), back.Samples<ushort>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    public void Load_OfFloats_KeepsThemAndTakesWhatIsNoNumberForBlackOrWhite(int width)
    {
        float[] values = [float.NaN, -1, 2, float.PositiveInfinity, float.NegativeInfinity, 0.25f];
        var samples = Enumerable.Range(0, width).Select(i => values[i % values.Length]).ToArray();
        var row = new float[width];

        UnitSamples.Load(ImageBuffer.FromSamples(width, 1, ColorModel.Gray, samples), 0, row);

        Assert.Equal(samples.Select(value => float.IsFinite(value) ? value : value > 0 ? 1 : 0), row);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(33)]
    [InlineData(67)]
    public void Store_OfAnyFloat_RoundsHalfUpAndClips(int width)
    {
        float[] values = [0.5f, -1, 2, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0.25f, 1 / 510f, 0.999f, -0f];
        var row = Enumerable.Range(0, width).Select(i => values[(i * 7) % values.Length]).ToArray();
        var (bytes, shorts) = (new ImageBuffer(width, 1, ColorModel.Gray, SampleType.UInt8), new ImageBuffer(width, 1, ColorModel.Gray, SampleType.UInt16));
        UnitSamples.Store(row, bytes, 0);
        UnitSamples.Store(row, shorts, 0);
        for (var i = 0; i < width; i++)
        {
            Assert.Equal(SampleConversion.Quantize(row[i] * 255f, 255), bytes.Samples<byte>()[i]);
            Assert.Equal(SampleConversion.Quantize(row[i] * 65535f, 65535), shorts.Samples<ushort>()[i]);
        }
    }

    [Theory]
    [InlineData(SampleType.UInt8)]
    [InlineData(SampleType.UInt16)]
    [InlineData(SampleType.Float32)]
    public void LoadAndStore_OfARowThatDoesNotFit_WriteNothingBeyond(SampleType type)
    {
        var image = new ImageBuffer(64, 1, ColorModel.Gray, type);
        Assert.ThrowsAny<ArgumentException>(() => UnitSamples.Load(image, 0, new float[63]));
        Assert.ThrowsAny<ArgumentException>(() => UnitSamples.Store(new float[65], image, 0));
    }

    [Fact]
    public void Store_OfFloats_DoesNotClip()
    {
        var image = new ImageBuffer(3, 1, ColorModel.Gray, SampleType.Float32);
        UnitSamples.Store([-1, 0.5f, 3], image, 0);
        Assert.Equal([-1, 0.5f, 3], image.Samples<float>().ToArray());
    }
}
