using SuperRes.Evaluation;
using SuperRes.Pixels;

namespace SuperRes.Tests.Evaluation;

public sealed class OpaquePixelsTests
{
    [Fact]
    public void Of_OpaqueImages_LeavesAlphaOut()
    {
        var gray = OpaquePixels.Of(ImageBuffer.FromSamples(2, 1, ColorModel.GrayAlpha, new ushort[] { 7, 65535, 8, 65535 }));
        var color = OpaquePixels.Of(ImageBuffer.FromSamples(1, 1, ColorModel.Rgba, new[] { 0.25f, 0.5f, 0.75f, 1f }));

        Assert.Equal(ColorModel.Gray, gray.Color);
        Assert.Equal([7, 8], gray.Samples<ushort>().ToArray());
        Assert.Equal([0.25f, 0.5f, 0.75f], color.Samples<float>().ToArray());
    }

    [Fact]
    public void Of_AnImageWithoutAlpha_IsTheImageItself()
    {
        var image = new ImageBuffer(2, 2, ColorModel.Rgb, SampleType.UInt8);
        Assert.Same(image, OpaquePixels.Of(image));
    }

    [Fact]
    public void Of_OneTransparentPixel_Throws() => Assert.Throws<InvalidDataException>(
        () => OpaquePixels.Of(ImageBuffer.FromSamples(2, 1, ColorModel.GrayAlpha, new byte[] { 7, 255, 8, 254 })));
}
