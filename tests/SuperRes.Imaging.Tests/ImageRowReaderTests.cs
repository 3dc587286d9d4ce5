using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests;

public sealed class ImageRowReaderTests
{
    [Fact]
    public void Read_InStripsOfAnyHeight_GivesWhatReadingAtOnceGives()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, bytes) in SampleFiles.All())
        {
            File.WriteAllBytes(folder.File(name), bytes);
            var whole = ImageFile.Read(folder.File(name));

            using var reader = ImageRowReader.Open(folder.File(name));
            var samples = new List<byte>();
            for (var rows = 1; reader.Read(rows) is { } strip; rows++)
            {
                samples.AddRange(strip.Bytes().ToArray());
            }

            Assert.Equal(whole.Pixels.Bytes().ToArray(), samples.ToArray());
            Assert.Equal(whole.Notes, reader.Notes);
            Assert.Equal(whole.Metadata.IccProfile.ToArray(), reader.Metadata.IccProfile.ToArray());
            Assert.Equal((whole.Pixels.Height, whole.Pixels.Color, whole.Pixels.SampleType), (reader.NextRow, reader.Header.Color, reader.Header.SampleType));
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(6, false)]
    public void Read_TurnedFiles_StreamsOnlyWhereRowsStayRows(int orientation, bool streams)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.tif"), TiffFile.Image(3, 2, 1, 8).Short(274, orientation).Build([1, 2, 3, 4, 5, 6]));
        var whole = ImageFile.Read(folder.File("a.tif")).Pixels;

        using var reader = ImageRowReader.Open(folder.File("a.tif"));

        Assert.Equal(streams, reader.IsStreaming);
        Assert.Equal(whole.Row<byte>(0).ToArray(), reader.Read(1)!.Samples<byte>().ToArray());
        Assert.Equal(whole.Row<byte>(1).ToArray(), reader.Read(1)!.Samples<byte>().ToArray());
    }

    [Fact]
    public void Read_AfterDispose_SaysSo()
    {
        using var folder = new TemporaryFolder();
        ImageFile.Write(folder.File("a.png"), TestImages.Gradient(8, 8));
        var reader = ImageRowReader.Open(folder.File("a.png"));
        reader.Dispose();

        Assert.Throws<ObjectDisposedException>(() => reader.Read(1));
    }

    [Fact]
    public void Read_AFileThatEndsEarly_IsRefusedWhereItEnds()
    {
        using var folder = new TemporaryFolder();
        var rows = new byte[200 * 300];
        new Random(1).NextBytes(rows);
        var file = PngFile.Build(200, 300, 8, PngFile.Gray, rows);
        File.WriteAllBytes(folder.File("a.png"), file[..(file.Length / 2)]);

        using var reader = ImageRowReader.Open(folder.File("a.png"));

        var error = Assert.Throws<ImageFileException>(() =>
        {
            while (reader.Read(10) is not null)
            {
            }
        });
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(reader.NextRow, 10, 200);
    }

    [Fact]
    public void Open_AboveTheLimit_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.png"), PngFile.Build(4, 3, 8, PngFile.Gray, new byte[12]));

        Assert.Throws<ImageFileException>(() => ImageRowReader.Open(folder.File("a.png"), new ImageReadLimits { MaxPixels = 11 }));
    }

    [Fact]
    public void Open_AGif_DecodesNothingBeforeItIsAsked()
    {
        // 8000x6000 and two colours; the pixels' data ends at once.
        byte[] file =
        [
            .. "GIF89a"u8, 0x40, 0x1F, 0x70, 0x17, 0x80, 0, 0, 0, 0, 0, 9, 9, 9, 0x2C, 0, 0, 0, 0, 0x40, 0x1F, 0x70, 0x17, 0, 2, 2, 0x4C, 1, 0, 0x3B,
        ];
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var reader = ImageRowReader.Open(new MemoryStream(file));

        Assert.Equal((8000, 6000), (reader.FileHeader.Width, reader.FileHeader.Height));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Header_OfAGifThatReservesTransparency_HasNoAlphaWhereNoPixelUsesIt()
    {
        // Two colours, the second transparent (graphic control extension), and both pixels of the first:
        // codes clear (4), 0, 0, end (5), three bits each from the lowest.
        byte[] file =
        [
            .. "GIF89a"u8, 2, 0, 1, 0, 0x80, 0, 0, 10, 20, 30, 9, 9, 9, 0x21, 0xF9, 4, 1, 0, 0, 1, 0,
            0x2C, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x04, 0x0A, 0, 0x3B,
        ];
        using var reader = ImageRowReader.Open(new MemoryStream(file));

        Assert.Equal((ColorModel.Rgba, ColorModel.Rgb), (reader.FileHeader.Color, reader.Header.Color));
        Assert.Equal([10, 20, 30, 10, 20, 30], reader.Read(1)!.Samples<byte>().ToArray());
    }
}
