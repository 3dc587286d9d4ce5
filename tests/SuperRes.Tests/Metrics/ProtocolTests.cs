using System.Text.Json;
using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Tests.Metrics;

public sealed class ProtocolTests
{
    // numpy 1.24 and scikit-image 0.19.3 on the same 61x53 patterns at x3.
    [Theory]
    [InlineData("y", 33.15817385309221, 0.9878634950668631)]
    [InlineData("rgb", 31.80528437143359, 0.9952684308394524)]
    [InlineData("div2k", 31.802051044667135, 0.9957335286126102)]
    [InlineData("paper", 31.80886279967606, 0.99437977065244)]
    public void Measure_OfAPattern_GivesScikitImagesScores(string protocol, double psnr, double ssim)
    {
        var score = Protocols.Parse(protocol).Measure(
            TestPatterns.Result(61, 53, ColorModel.Rgb), TestPatterns.Reference(61, 53, ColorModel.Rgb), scale: 3);

        Assert.Equal(psnr, score.Psnr, 1e-9);
        Assert.Equal(ssim, score.Ssim, 1e-12);
    }

    [Fact]
    public void Measure_ByPaper_AlsoUsesTheReferencesOwnMaximumAsPeak()
    {
        var reference = TestPatterns.Reference(61, 53, ColorModel.Rgb);
        foreach (ref var sample in reference.Samples<byte>())
        {
            sample = Math.Min(sample, (byte)200);
        }

        var score = Protocols.Paper.Measure(TestPatterns.Result(61, 53, ColorModel.Rgb), reference, scale: 3);

        Assert.Equal(24.374722742382176, score.Psnr, 1e-9);
        Assert.Equal(22.2645190469827, score.PsnrPrintedPeak!.Value, 1e-9);
        Assert.Null(Protocols.Rgb.Measure(reference, reference, 3).PsnrPrintedPeak);
    }

    [Fact]
    public void Measure_OfGrayByY_ReportsBothReadings()
    {
        var (result, reference) = (TestPatterns.Result(40, 40, ColorModel.Gray), TestPatterns.Reference(40, 40, ColorModel.Gray));
        var score = Protocols.Y.Measure(result, reference, scale: 2);

        var inner = (Result: result.Crop(2, 2, 36, 36), Reference: reference.Crop(2, 2, 36, 36));
        Assert.Equal(Psnr.Compute(inner.Result.Values(), inner.Reference.Values(), 255), score.PsnrGrayDirect!.Value, 1e-9);
        Assert.Equal(1.32, score.Psnr - score.PsnrGrayDirect.Value, 0.005);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("rgb")]
    public void Measure_OfGray_EqualsTheSameReplicatedToRgb(string name)
    {
        var protocol = Protocols.Parse(name);
        var (result, reference) = (TestPatterns.Result(40, 40, ColorModel.Gray), TestPatterns.Reference(40, 40, ColorModel.Gray));
        var gray = protocol.Measure(result, reference, 2);
        var mixed = protocol.Measure(Replicate(result), reference, 2);

        Assert.Equal(gray.Psnr, mixed.Psnr, 1e-9);
        Assert.Equal(gray.Ssim, mixed.Ssim, 1e-12);
        Assert.Null(mixed.PsnrGrayDirect);
    }

    [Theory]
    [InlineData(SampleType.UInt16)]
    [InlineData(SampleType.Float32)]
    public void Measure_OfOtherSampleTypes_RoundsTo8Bits(SampleType type)
    {
        var (result, reference) = (TestPatterns.Result(30, 30, ColorModel.Rgba), TestPatterns.Reference(30, 30, ColorModel.Rgb));

        Assert.Equal(
            Protocols.Y.Measure(result, reference, 2),
            Protocols.Y.Measure(result.ConvertTo(type), reference.ConvertTo(type), 2));
    }

    [Fact]
    public void Measure_OfIdenticalImages_GivesInfinityAndOne()
    {
        var image = TestPatterns.Reference(50, 40, ColorModel.Rgb);
        foreach (var protocol in Protocols.All)
        {
            var score = protocol.Measure(image, image, 4);
            Assert.Equal((double.PositiveInfinity, 1.0), (score.Psnr, score.Ssim));
        }
    }

    [Fact]
    public void Measure_OfDifferentSizes_SaysBothAndWhatToDo()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Protocols.Y.Measure(TestPatterns.Reference(40, 40, ColorModel.Rgb), TestPatterns.Reference(41, 40, ColorModel.Rgb), 4));
        Assert.Contains("40x40", error.Message, StringComparison.Ordinal);
        Assert.Contains("41x40", error.Message, StringComparison.Ordinal);
        Assert.Contains("Crop", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_OfTooSmallAnImage_SaysWhatIsLeft()
    {
        var image = TestPatterns.Reference(30, 40, ColorModel.Rgb);
        var error = Assert.Throws<ArgumentException>(() => Protocols.Div2k.Measure(image, image, 4));
        Assert.Contains("10x20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shave_OfEachProtocol_IsAsPublished() =>
        Assert.Equal([4, 4, 10, 0], Protocols.All.Select(protocol => protocol.Shave(4)));

    [Fact]
    public void Card_AsJson_SaysHowNumbersWereMade()
    {
        using var card = JsonDocument.Parse(JsonSerializer.Serialize(Protocols.Div2k.Card));

        Assert.Equal("div2k", card.RootElement.GetProperty("Name").GetString());
        Assert.Equal("6 + scale", card.RootElement.GetProperty("Shave").GetString());
        Assert.Equal(255, card.RootElement.GetProperty("Peak").GetDouble());
        Assert.Contains("sigma 1.5", card.RootElement.GetProperty("Window").GetString(), StringComparison.Ordinal);
        Assert.Equal(["scale", "scale", "6 + scale", "0"], Protocols.All.Select(protocol => protocol.Card.Shave));
    }

    [Fact]
    public void Parse_OfAnUnknownName_ListsTheNames()
    {
        Assert.Same(Protocols.Y, Protocols.Parse("Y"));
        var error = Assert.Throws<ArgumentException>(() => Protocols.Parse("luma"));
        Assert.Contains("y, rgb, div2k, paper", error.Message, StringComparison.Ordinal);
    }

    private static ImageBuffer Replicate(ImageBuffer gray) =>
        ImageBuffer.FromSamples(gray.Width, gray.Height, ColorModel.Rgb, gray.Samples<byte>().ToArray().SelectMany(v => new[] { v, v, v }).ToArray());
}
