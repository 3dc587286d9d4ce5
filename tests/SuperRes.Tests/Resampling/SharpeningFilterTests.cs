using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Tests.Resampling;

public sealed class SharpeningFilterTests
{
    // By hand: 5 times the sample less its four neighbours, edges mirrored without doubling the edge sample.
    [Fact]
    public void Apply_ToASmallImage_GivesTheValuesByHand()
    {
        var image = ImageBuffer.FromSamples(3, 3, ColorModel.Gray, new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 10 });

        Assert.Equal(
            [5 - 4 - 4 - 2 - 2, 10 - 5 - 5 - 1 - 3, 15 - 6 - 6 - 2 - 2, 20 - 1 - 7 - 5 - 5, 25 - 2 - 8 - 4 - 6, 30 - 3 - 10 - 5 - 5, 35 - 4 - 4 - 8 - 8, 40 - 5 - 5 - 7 - 10, 50 - 6 - 6 - 8 - 8],
            SharpeningFilter.Apply(image).Samples<float>().ToArray());
    }

    [Fact]
    public void Apply_ToBytes_Clips()
    {
        var image = ImageBuffer.FromSamples(3, 1, ColorModel.Gray, new byte[] { 200, 100, 250 });

        // 3 * 200 - 2 * 100, 3 * 100 - 450, 3 * 250 - 2 * 100: above and below mirror onto the only row.
        Assert.Equal([255, 0, 255], SharpeningFilter.Apply(image).Samples<byte>().ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(13, 7)]
    public void Apply_ToAFlatImage_ChangesNothing(int width, int height)
    {
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt16);
        image.Samples<ushort>().Fill(1234);

        Assert.True(SharpeningFilter.Apply(image).Bytes().SequenceEqual(image.Bytes()));
    }
}
