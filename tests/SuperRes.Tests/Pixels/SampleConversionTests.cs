using SuperRes.Pixels;

namespace SuperRes.Tests.Pixels;

public sealed class SampleConversionTests
{
    // Seventeen values: one more than the vector path takes, so both paths see them.
    [Fact]
    public void ConvertTo_8BitsFromFloat_ClampsRoundsAndCasts()
    {
        var edge = 127.5f / 255;
        float[] values = [0, 1, -0.5f, 2, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, edge, 0.1f, 0.4f / 255, 0.6f / 255, 254.4f / 255, 254.6f / 255, -0f, 0.5f];
        byte[] expected = [0, 255, 0, 255, 0, 255, 0, 255, 0, 128, 26, 0, 1, 254, 255, 0, 128];
        var forwards = ImageBuffer.FromSamples(17, 1, ColorModel.Gray, values);
        var backwards = ImageBuffer.FromSamples(17, 1, ColorModel.Gray, [.. values.Reverse()]);

        Assert.Equal(expected, forwards.ConvertTo(SampleType.UInt8).Samples<byte>().ToArray());
        Assert.Equal(expected.Reverse(), backwards.ConvertTo(SampleType.UInt8).Samples<byte>().ToArray());
    }

    [Fact]
    public void ConvertTo_AndBack_LosesNothing()
    {
        var bytes = ImageBuffer.FromSamples(256, 1, ColorModel.Gray, [.. Enumerable.Range(0, 256).Select(value => (byte)value)]);
        var shorts = ImageBuffer.FromSamples(256, 256, ColorModel.Gray, [.. Enumerable.Range(0, 65536).Select(value => (ushort)value)]);

        Assert.True(bytes.ConvertTo(SampleType.UInt16).ConvertTo(SampleType.UInt8).Bytes().SequenceEqual(bytes.Bytes()));
        Assert.True(bytes.ConvertTo(SampleType.Float32).ConvertTo(SampleType.UInt8).Bytes().SequenceEqual(bytes.Bytes()));
        Assert.True(shorts.ConvertTo(SampleType.Float32).ConvertTo(SampleType.UInt16).Bytes().SequenceEqual(shorts.Bytes()));
    }

    [Fact]
    public void ConvertTo_16BitsFrom8_Repeats257()
    {
        var image = ImageBuffer.FromSamples(3, 1, ColorModel.Gray, new byte[] { 0, 1, 255 });
        Assert.Equal([0, 257, 65535], image.ConvertTo(SampleType.UInt16).Samples<ushort>().ToArray());
    }

    [Fact]
    public void ConvertTo_TheSameType_ReturnsTheImage()
    {
        var image = new ImageBuffer(1, 1, ColorModel.Gray, SampleType.UInt8);
        Assert.Same(image, image.ConvertTo(SampleType.UInt8));
    }
}
