using SuperRes.Imaging.Metadata;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Metadata;

/// <summary>The quality of JPEG files: against what the encoder, libjpeg's, was asked for, and against tables that are set down here.</summary>
public sealed class JpegQualityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfAFileOfEveryQuality_TellsIt()
    {
        var image = new ImageBuffer(8, 8, ColorModel.Rgb, SampleType.UInt8);

        Assert.All(Enumerable.Range(1, 100), quality =>
        {
            var path = _folder.File($"{quality}.jpg");
            ImageFile.Write(path, image, metadata: null, new ImageWriteOptions { JpegQuality = quality });
            Assert.Equal(quality, ImageFile.ReadHeader(path).JpegQuality);
        });
    }

    [Fact]
    public void Read_OfOtherFormats_TellsNone()
    {
        ImageFile.Write(_folder.File("a.png"), new ImageBuffer(8, 8, ColorModel.Rgb, SampleType.UInt8));

        Assert.Null(ImageFile.ReadHeader(_folder.File("a.png")).JpegQuality);
    }

    [Theory]
    [InlineData(1, 100)] // nothing is divided
    [InlineData(255, 1)]
    public void Estimate_OfAFlatTable_IsAtTheEndOfTheScale(byte value, int expected) =>
        Assert.Equal(expected, JpegQuality.Estimate([Tables([0, .. Enumerable.Repeat(value, 64)])]));

    [Fact]
    public void Estimate_WhereChrominanceComesFirstAndInTwoBytes_TakesLuminance()
    {
        byte[] chrominance = [0x11, .. Enumerable.Repeat((byte)0, 64).SelectMany(high => new[] { high, (byte)200 })];
        byte[] luminance = [0x10, .. Enumerable.Repeat((byte)0, 64).SelectMany(high => new[] { high, (byte)1 })];

        Assert.Equal(100, JpegQuality.Estimate([Tables([.. chrominance, .. luminance])]));
    }

    [Theory]
    [InlineData()]
    [InlineData(0)]
    [InlineData(0, 1, 2)]
    [InlineData(0x10, 1, 2)]
    public void Estimate_OfATornTable_IsNone(params int[] payload) =>
        Assert.Null(JpegQuality.Estimate([Tables([.. payload.Select(value => (byte)value)])]));

    private static JpegSegment Tables(byte[] payload) => new(JpegSegment.QuantizationTables, payload);
}
