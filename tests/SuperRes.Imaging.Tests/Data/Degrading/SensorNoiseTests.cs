using SuperRes.Imaging.Data.Degrading;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Data.Degrading;

public sealed class SensorNoiseTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.05)]
    public void AddShot_OnAFlatImage_HasPoissonsDeviation(float level)
    {
        var (image, random) = (Floats(level), new CounterRandom(1, 2, 3));
        SensorNoise.AddShot(image, ref random, strength: 0.5, isGray: false);

        var values = image.Samples<float>().ToArray();
        Assert.Equal(level, values.Average(), 0.002);
        Assert.Equal(0.5 * Math.Sqrt(level / 256), Math.Sqrt(values.Average(value => (value - level) * (value - level))), 0.0008);
    }

    [Fact]
    public void AddGaussian_Gray_IsTheSameInAllColours()
    {
        var (image, random) = (Floats(0.5f), new CounterRandom(1, 2, 3));
        SensorNoise.AddGaussian(image, ref random, 0.1, isGray: true);

        var values = image.Samples<float>().ToArray();
        Assert.All(values.Chunk(3), pixel => Assert.Equal([pixel[0], pixel[0], pixel[0]], pixel));
        Assert.Equal(0.1, Math.Sqrt(values.Average(value => (value - 0.5) * (value - 0.5))), 0.005);
    }

    private static ImageBuffer Floats(float level)
    {
        var image = new ImageBuffer(100, 100, ColorModel.Rgb, SampleType.Float32);
        image.Samples<float>().Fill(level);
        return image;
    }
}
