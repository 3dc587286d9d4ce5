using SuperRes.Imaging.Metadata;
using SuperRes.Imaging.Tests.Files;

namespace SuperRes.Imaging.Tests.Metadata;

public sealed class ExifBlockTests
{
    private const int Root = 0;
    private const int Exif = 34665;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Upright_OfATurnedImage_ResetsOrientationAndUnlinksTheThumbnail(bool bigEndian)
    {
        var block = Sample(bigEndian);

        var upright = ExifBlock.Upright(block, pixelsWereTurned: true);

        var fields = TiffFile.Parse(upright, out var order);
        Assert.Equal([1], TiffFile.Numbers(fields[(Root, 274)], order));
        Assert.Equal(0u, TiffFile.NextOfFirst(upright));
        Assert.Equal("Acme\0"u8.ToArray(), fields[(Root, 271)].Bytes);
    }

    [Fact]
    public void Upright_OfAnUprightImage_ChangesNothing()
    {
        var block = Sample(bigEndian: false, orientation: 1);

        Assert.Equal(block, ExifBlock.Upright(block, pixelsWereTurned: false));
        Assert.NotEqual(0u, TiffFile.NextOfFirst(block));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithSize_SetsEveryDimensionAndLeavesAllElseWhereItWas(bool bigEndian)
    {
        var block = Sample(bigEndian);

        var sized = ExifBlock.WithSize(block, 240, 160);

        var fields = TiffFile.Parse(sized, out var order);
        Assert.Equal([240], TiffFile.Numbers(fields[(Exif, 40962)], order));
        Assert.Equal([160], TiffFile.Numbers(fields[(Exif, 40963)], order));
        Assert.Equal([240], TiffFile.Numbers(fields[(Root, 256)], order));
        Assert.Equal(block.Length, sized.Length);

        // Four values of at most four bytes (and no type: 240 still fits a short) may differ; the maker note may not move.
        Assert.True(block.Zip(sized).Count(p => p.First != p.Second) <= 16);
        Assert.Equal(MakerNote, fields[(Exif, 37500)].Bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithSize_BeyondAShort_MakesTheFieldALong(bool bigEndian)
    {
        var sized = ExifBlock.WithSize(Sample(bigEndian), 70_000, 160);

        var fields = TiffFile.Parse(sized, out var order);
        Assert.Equal(4, fields[(Exif, 40962)].Type);
        Assert.Equal([70_000], TiffFile.Numbers(fields[(Exif, 40962)], order));
        Assert.Equal(3, fields[(Exif, 40963)].Type);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithResolution_AddsItAndKeepsTheRest(bool bigEndian)
    {
        var block = Sample(bigEndian);

        var stated = ExifBlock.WithResolution(block, new ImageResolution(300, 240.5));

        var fields = TiffFile.Parse(stated, out var order);
        Assert.Equal([300_000, 1000], TiffFile.Numbers(fields[(Root, 282)], order));
        Assert.Equal([240_500, 1000], TiffFile.Numbers(fields[(Root, 283)], order));
        Assert.Equal([2], TiffFile.Numbers(fields[(Root, 296)], order));
        Assert.Equal(MakerNote, fields[(Exif, 37500)].Bytes);
        Assert.Equal(TiffFile.NextOfFirst(block), TiffFile.NextOfFirst(stated));
        Assert.Equal(new ImageResolution(300, 240.5), ExifBlock.Resolution(stated));
    }

    [Fact]
    public void WithResolution_OfNothing_MakesABlock() =>
        Assert.Equal(new ImageResolution(150, 150), ExifBlock.Resolution(ExifBlock.WithResolution([], new ImageResolution(150, 150))));

    [Theory]
    [InlineData("")]
    [InlineData("Exif\0\0")]
    [InlineData("Exif\0\0not a tiff structure")]
    [InlineData("II+\0")]
    public void Normalise_OfGarbage_GivesNothing(string block) =>
        Assert.Empty(ExifBlock.Normalise(System.Text.Encoding.ASCII.GetBytes(block)));

    [Fact]
    public void Normalise_StripsJpegsPrefix()
    {
        var block = Sample(bigEndian: true);

        Assert.Equal(block, ExifBlock.Normalise([.. "Exif\0\0"u8, .. block]));
        Assert.Equal(block, ExifBlock.Normalise(block));
    }

    [Fact]
    public void EveryChange_OfTruncatedOrMutatedBlocks_DoesNotThrow()
    {
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var block = Sample(i % 2 == 0);
            for (var j = 0; j < 3; j++)
            {
                block[random.Next(8, block.Length)] = (byte)random.Next(256);
            }

            block = block[..random.Next(8, block.Length + 1)];
            ExifBlock.Upright(block, pixelsWereTurned: true);
            ExifBlock.WithSize(block, 100_000, 3);
            ExifBlock.Resolution(ExifBlock.WithResolution(block, new ImageResolution(1, 1)));
        }
    }

    private static byte[] MakerNote { get; } = [.. Enumerable.Range(0, 40).Select(i => (byte)(i * 3))];

    private static byte[] Sample(bool bigEndian, int orientation = 6) => new TiffFile(bigEndian)
        .Ascii(271, "Acme").Short(274, orientation).Long(256, 60)
        .Child(Exif, new TiffFile(bigEndian).Short(40962, 60).Short(40963, 40).Undefined(37500, MakerNote))
        .Next(new TiffFile(bigEndian).Short(259, 6))
        .Build();
}
