using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class ClassicalMethodsTests
{
    // One row of 0 and 100, to twice the width: kernels at phases 1/4 and 3/4, edges mirrored, by hand.
    [Theory]
    [InlineData("nearest", new[] { 0f, 0, 100, 100 })]
    [InlineData("bilinear", new[] { 0f, 25, 75, 100 })]
    [InlineData("bicubic", new[] { -9.375f, 20.3125f, 79.6875f, 109.375f })]
    [InlineData("sharpen", new[] { -200f, -75, 175, 300 })]
    public void Upscale_OfTwoSamples_GivesTheValuesByHand(string name, float[] expected)
    {
        using var method = ClassicalMethods.Create(name);
        var result = method.Upscale(ImageBuffer.FromSamples(2, 1, ColorModel.Gray, new float[] { 0, 100 }), 4, 1);

        Assert.Equal(expected, result.Samples<float>().ToArray());
    }

    [Fact]
    public void Upscale_ByEveryMethod_KeepsFlatColoursAndTypes()
    {
        foreach (var name in ClassicalMethods.Names)
        {
            using var method = ClassicalMethods.Create(name);
            Assert.Equal((name, 0L, 0), (method.Name, method.ParameterCount, method.Scales.Count));
            foreach (var type in Enum.GetValues<SampleType>())
            {
                var image = ImageBuffer.FromSamples(1, 1, ColorModel.Rgb, new byte[] { 255, 128, 0 }).ConvertTo(type);
                var result = method.Upscale(image, 5, 3);

                Assert.Equal((5, 3, ColorModel.Rgb, type), (result.Width, result.Height, result.Color, result.SampleType));
                Assert.Equal([255, 128, 0], result.ConvertTo(SampleType.UInt8).Samples<byte>()[^3..].ToArray());
            }
        }
    }

    [Fact]
    public void Upscale_WithAlpha_Throws()
    {
        using var method = ClassicalMethods.Create("bicubic");
        var error = Assert.Throws<ArgumentException>(() => method.Upscale(new ImageBuffer(2, 2, ColorModel.Rgba, SampleType.UInt8), 4, 4));
        Assert.Contains("Rgba", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OfAnUnknownName_ListsTheNames()
    {
        Assert.True(ClassicalMethods.TryCreate("Lanczos", out _));
        Assert.False(ClassicalMethods.TryCreate("edsr-x4", out _));
        var error = Assert.Throws<ArgumentException>(() => ClassicalMethods.Create("cubic"));
        Assert.Contains("nearest, bilinear, bicubic, lanczos, sharpen", error.Message, StringComparison.Ordinal);
    }
}
