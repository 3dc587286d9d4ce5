using System.Text;
using SuperRes.Imaging.Tests.Files;

namespace SuperRes.Imaging.Tests.Reading;

/// <summary>Metadata of PNG files in the places and forms that the decoder overlooks.</summary>
public sealed class PngMetadataTests
{
    private const string Xmp = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6"/></x:xmpmeta>""";

    [Fact]
    public void Read_ExifBehindThePixels_CountsAsIfBefore()
    {
        // Orientation 6: stored row by row as 1 2, upright they stand below each other.
        var exif = new TiffFile().Short(274, 6).Ascii(315, "Jane").Build();
        var file = PngFile.Append(PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2]), ("eXIf", exif));

        var loaded = Fixture.Load(file);

        Assert.Equal((1, 2), (loaded.Pixels.Width, loaded.Pixels.Height));
        Assert.Equal([1, 2], loaded.Pixels.Samples<byte>().ToArray());
        var fields = TiffFile.Parse(loaded.Metadata.Exif.ToArray(), out var order);
        Assert.Equal([1], TiffFile.Numbers(fields[(0, 274)], order));
        Assert.Equal("Jane\0", Encoding.ASCII.GetString(fields[(0, 315)].Bytes));
        Assert.Empty(loaded.Notes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_XmpBehindThePixels_CountsAsIfBefore(bool compressed)
    {
        var text = Encoding.UTF8.GetBytes(Xmp);
        byte[] chunk = [.. "XML:com.adobe.xmp\0"u8, (byte)(compressed ? 1 : 0), 0, 0, 0, .. compressed ? PngFile.Compress(text) : text];
        var file = PngFile.Append(PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2]), ("iTXt", chunk));

        var loaded = Fixture.Load(file);

        Assert.Equal(Xmp.Replace("\"6\"", "\"1\"", StringComparison.Ordinal), Encoding.UTF8.GetString(loaded.Metadata.Xmp.Span));
        Assert.Single(PngFile.Chunks(Encode.ToBytes(loaded, ImageFormat.Png, out _)), c => c.Type == "iTXt");
    }

    [Fact]
    public void Read_ExifBeforeAndBehindThePixels_TakesTheFirst()
    {
        var (first, second) = (new TiffFile().Short(274, 1).Build(), new TiffFile().Short(274, 6).Build());
        var file = PngFile.Append(PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2], ("eXIf", first)), ("eXIf", second));

        Assert.Equal(2, Fixture.Load(file).Pixels.Width);
    }
}
