using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests;

public sealed class ImageStripWriterTests
{
    public static TheoryData<string, ColorModel, SampleType> Lossless { get; } = new()
    {
        { "a.png", ColorModel.Gray, SampleType.UInt8 },
        { "a.png", ColorModel.Rgba, SampleType.UInt16 },
        { "a.tif", ColorModel.GrayAlpha, SampleType.UInt8 },
        { "a.tif", ColorModel.Rgb, SampleType.UInt16 },
        { "a.tif", ColorModel.Rgba, SampleType.Float32 },
        { "a.tif", ColorModel.Gray, SampleType.Float32 },
    };

    [Theory]
    [MemberData(nameof(Lossless))]
    public void Write_InStripsOfAnyHeight_GivesTheWholeImage(string name, ColorModel color, SampleType type)
    {
        using var folder = new TemporaryFolder();
        var image = TestImages.Noise(37, 101, color, type, seed: 6);

        using (var writer = ImageStripWriter.Create(folder.File(name), 37, 101, color, type))
        {
            var top = 0;
            foreach (var height in (int[])[1, 16, 17, 50, 17])
            {
                writer.Write(image.Crop(0, top, 37, height));
                top += height;
            }

            Assert.Empty(writer.Complete());
        }

        var back = ImageFile.Read(folder.File(name)).Pixels;
        Assert.Equal((color, type), (back.Color, back.SampleType));
        Assert.Equal(image.Bytes().ToArray(), back.Bytes().ToArray());
        Assert.Single(folder.Entries());
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.tif")]
    [InlineData("a.webp")]
    [InlineData("a.avif")]
    public void Write_InStrips_GivesTheSameFileAsAtOnce(string name)
    {
        using var folder = new TemporaryFolder();
        var image = TestImages.Gradient(64, 50);
        var metadata = new ImageMetadata
        {
            IccProfile = IccProfile.DisplayP3(),
            Exif = new TiffFile().Ascii(271, "Acme").Child(34665, new TiffFile().Short(40962, 1)).Build(),
            Resolution = new ImageResolution(300, 300),
        };

        using (var writer = ImageStripWriter.Create(folder.File(name), 64, 50, image.Color, image.SampleType, metadata))
        {
            writer.Write(image.Crop(0, 0, 64, 20));
            writer.Write(image.Crop(0, 20, 64, 30));
            writer.Complete();
        }

        ImageFile.Write(folder.File("whole" + name), image, metadata);
        Assert.Equal(File.ReadAllBytes(folder.File("whole" + name)), File.ReadAllBytes(folder.File(name)));
    }

    [Fact]
    public void Write_16BitWithAlphaToJpeg_SaysTheLossesOnce()
    {
        using var folder = new TemporaryFolder();
        using var writer = ImageStripWriter.Create(folder.File("a.jpg"), 8, 16, ColorModel.Rgba, SampleType.UInt16);
        writer.Write(TestImages.Noise(8, 8, ColorModel.Rgba, SampleType.UInt16, seed: 1));
        writer.Write(TestImages.Noise(8, 8, ColorModel.Rgba, SampleType.UInt16, seed: 2));

        var notes = writer.Complete();

        Assert.Equal(2, notes.Count);
        Assert.Equal(16, ImageFile.ReadHeader(folder.File("a.jpg")).Height);
    }

    [Theory]
    [InlineData(1.5f, true)]
    [InlineData(-0.25f, true)]
    [InlineData(float.NaN, true)]
    [InlineData(float.PositiveInfinity, true)]
    [InlineData(1.0000001f, false)]
    [InlineData(0.5f, false)]
    public void Write_FloatToAFormatWithoutIt_SaysOnceWhatWasClipped(float value, bool isClipped)
    {
        using var folder = new TemporaryFolder();
        var strip = new ImageBuffer(2, 2, ColorModel.Gray, SampleType.Float32);
        strip.Samples<float>()[3] = value;
        using var writer = ImageStripWriter.Create(folder.File("a.png"), 2, 4, ColorModel.Gray, SampleType.Float32);
        writer.Write(strip);
        writer.Write(strip);

        var notes = writer.Complete();

        Assert.Equal(isClipped ? 1 : 0, notes.Count(note => note.Contains("clipped", StringComparison.Ordinal)));
        Assert.Equal(notes, ImageFile.Write(folder.File("whole.png"), strip));
        Assert.Equal(isClipped ? 2 : 1, notes.Count);
    }

    /// <summary>16 rows come to more than libtiff reads as one strip.</summary>
    [Fact]
    public void Write_VeryWideRows_GivesTheWholeImage()
    {
        const int Width = 900_000;
        const int Height = 16;
        using var folder = new TemporaryFolder();
        var row = new ImageBuffer(Width, 1, ColorModel.Gray, SampleType.Float32);
        using (var writer = ImageStripWriter.Create(folder.File("wide.tif"), Width, Height, ColorModel.Gray, SampleType.Float32))
        {
            for (var y = 0; y < Height; y++)
            {
                row.Samples<float>()[^1] = y;
                writer.Write(row);
            }

            writer.Complete();
        }

        var back = ImageFile.Read(folder.File("wide.tif")).Pixels;
        Assert.Equal(Enumerable.Range(0, Height).Select(y => (float)y), Enumerable.Range(0, Height).Select(y => back.Row<float>(y)[^1]));
    }

    [Fact]
    public void Dispose_BeforeTheLastRow_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.png"), "precious");

        using (var writer = ImageStripWriter.Create(folder.File("a.png"), 8, 16, ColorModel.Rgb, SampleType.UInt8))
        {
            writer.Write(TestImages.Noise(8, 8, ColorModel.Rgb, SampleType.UInt8, seed: 1));
            Assert.Throws<InvalidOperationException>(() => writer.Complete());
        }

        Assert.Equal("precious", File.ReadAllText(folder.File("a.png")));
        Assert.Single(folder.Entries());
    }

    [Fact]
    public void Complete_Twice_IsAnErrorAndKeepsTheFile()
    {
        using var folder = new TemporaryFolder();
        var writer = ImageStripWriter.Create(folder.File("a.png"), 8, 8, ColorModel.Rgb, SampleType.UInt8);
        writer.Write(TestImages.Noise(8, 8, ColorModel.Rgb, SampleType.UInt8, seed: 1));
        writer.Complete();

        Assert.Contains("finished already", Assert.Throws<InvalidOperationException>(() => writer.Complete()).Message, StringComparison.Ordinal);
        writer.Dispose();
        writer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => writer.Complete());
        Assert.Throws<ObjectDisposedException>(() => writer.Write(TestImages.Noise(8, 8, ColorModel.Rgb, SampleType.UInt8, seed: 1)));
        Assert.Equal(8, ImageFile.ReadHeader(folder.File("a.png")).Height);
        Assert.Single(folder.Entries());
    }

    [Fact]
    public void Create_WithAFilterThereIsNot_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => ImageStripWriter.Create(
            folder.File("a.png"), 8, 8, ColorModel.Rgb, SampleType.UInt8, options: new ImageWriteOptions { PngFilter = (PngFilter)99 }));
        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Write_WhenCancelled_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        var strip = TestImages.Noise(2000, 500, ColorModel.Rgb, SampleType.UInt8, seed: 1);

        using (var writer = ImageStripWriter.Create(folder.File("a.png"), 2000, 100_000, ColorModel.Rgb, SampleType.UInt8, cancellationToken: source.Token))
        {
            writer.Write(strip);
            source.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => writer.Write(strip));
        }

        Assert.Empty(folder.Entries());
    }

    [Theory]
    [InlineData(7, 1, ColorModel.Rgb, SampleType.UInt8)]
    [InlineData(8, 3, ColorModel.Rgb, SampleType.UInt8)]
    [InlineData(8, 1, ColorModel.Rgba, SampleType.UInt8)]
    [InlineData(8, 1, ColorModel.Rgb, SampleType.UInt16)]
    public void Write_OtherRowsThanAnnounced_IsAnError(int width, int height, ColorModel color, SampleType type)
    {
        using var folder = new TemporaryFolder();
        using var writer = ImageStripWriter.Create(folder.File("a.png"), 8, 2, ColorModel.Rgb, SampleType.UInt8);

        Assert.Throws<ArgumentException>(() => writer.Write(new ImageBuffer(width, height, color, type)));
    }

    [Fact]
    public void Write_JpegInOnePass_GivesTheSamePixelsInALargerFile()
    {
        using var folder = new TemporaryFolder();
        var image = TestImages.Gradient(64, 50);

        ImageFile.Write(folder.File("best.jpg"), image);
        ImageFile.Write(folder.File("quick.jpg"), image, options: new ImageWriteOptions { JpegOptimizeCoding = false });

        Assert.Equal(ImageFile.Read(folder.File("best.jpg")).Pixels.Bytes().ToArray(), ImageFile.Read(folder.File("quick.jpg")).Pixels.Bytes().ToArray());
        Assert.True(new FileInfo(folder.File("best.jpg")).Length < new FileInfo(folder.File("quick.jpg")).Length);
    }

    [Fact]
    public void EstimateMemory_OfWhatIsHeldWhole_GrowsWithTheHeight()
    {
        var strips = Growth(new ImageWriteOptions { Format = ImageFormat.Png });
        var jpeg = Growth(new ImageWriteOptions { Format = ImageFormat.Jpeg });
        var jpegInOnePass = Growth(new ImageWriteOptions { Format = ImageFormat.Jpeg, JpegOptimizeCoding = false });
        var webp = Growth(new ImageWriteOptions { Format = ImageFormat.Webp });

        // A thousand rows of a thousand RGB pixels: two copies of the samples, or two of the coefficients in two bytes.
        Assert.Equal((0, 12_000_000, 0, 6_000_000), (strips, jpeg, jpegInOnePass, webp));

        static long Growth(ImageWriteOptions options) =>
            ImageStripWriter.EstimateMemory(1000, 3000, ColorModel.Rgb, SampleType.UInt8, options)
            - ImageStripWriter.EstimateMemory(1000, 2000, ColorModel.Rgb, SampleType.UInt8, options);
    }

    [Fact]
    public void EstimateMemory_NoFormat_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ImageStripWriter.EstimateMemory(10, 10, ColorModel.Rgb, SampleType.UInt8, ImageWriteOptions.Default));
}
