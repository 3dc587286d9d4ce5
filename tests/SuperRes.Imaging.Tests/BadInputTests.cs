using System.Buffers.Binary;
using SuperRes.Imaging.Tests.Files;

namespace SuperRes.Imaging.Tests;

/// <summary>Whatever a user may hand over by mistake gives one line that says what it is.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void Read_AMissingFile_SaysSo() => AssertRefused("no such file.png", "does not exist");

    [Fact]
    public void Read_AFolderNamedLikeAnImage_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a.png"));

        AssertRefused(folder.File("a.png"), "is a folder");
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("Dear photographer,\nhere are the pictures.", "text that starts with \"Dear")]
    [InlineData("BM\0\0\0\0", "a BMP image")]
    [InlineData("%PDF-1.7", "a PDF")]
    [InlineData("\u0001\u0002\u0003", "bytes that start with 010203")]
    public void Read_AnotherKindOfFile_SaysWhatItIs(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.png"), content);

        AssertRefused(folder.File("a.png"), expected, "PNG, JPEG, WebP, TIFF");
    }

    [Fact]
    public void Read_WithAnotherFormatsExtension_GoesByTheContent()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("really a jpeg.png"), Fixture.Bytes("rgb.jpg"));

        Assert.Equal(ImageFormat.Jpeg, ImageFile.Read(folder.File("really a jpeg.png")).Format);
        Assert.Equal(ImageFormat.Jpeg, ImageFile.ReadHeader(folder.File("really a jpeg.png")).Format);
    }

    public static TheoryData<string, byte[]> Valid()
    {
        var data = new TheoryData<string, byte[]>();
        foreach (var (name, bytes) in SampleFiles.All())
        {
            data.Add(name, bytes);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Read_CutAnywhere_IsRefusedOrStillWhole(string name, byte[] bytes)
    {
        var whole = Fixture.Load(bytes).Pixels;
        for (var length = 1; length < bytes.Length; length += Math.Max(1, bytes.Length / 40))
        {
            try
            {
                // Some bytes at the end hold no pixels: without them the image is still the same image.
                Assert.Equal(whole.Bytes().ToArray(), Fixture.Load(bytes[..length]).Pixels.Bytes().ToArray());
                Assert.True(length > bytes.Length / 2, $"{name} cut to {length} of {bytes.Length} bytes was read.");
            }
            catch (ImageFileException error)
            {
                AssertOneLine(error);
            }
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    public void Read_AZeroSizedPng_IsRefused(int width, int height)
    {
        var file = PngFile.Build(1, 1, 8, PngFile.Gray, [0]);
        file = [.. PngFile.Build(1, 1, 8, PngFile.Gray, [0])[..8], .. Header(width, height), .. file[33..]];

        AssertOneLine(Assert.Throws<ImageFileException>(() => Fixture.Load(file)));
    }

    public static TheoryData<string, byte[]> Bombs() => new()
    {
        { "PNG", PngFile.Build(60_000, 60_000, 8, PngFile.Rgb, new byte[60_000]) },
        { "TIFF", TiffFile.Image(60_000, 60_000, 3, 8).Build([1, 2, 3]) },
        { "GIF", [.. "GIF89a"u8, 0x60, 0xEA, 0x60, 0xEA, 0x80, 0, 0, 0, 0, 0, 9, 9, 9, 0x2C, 0, 0, 0, 0, 0x60, 0xEA, 0x60, 0xEA, 0, 2, 2, 0x4C, 1, 0, 0x3B] },
        { "JPEG", WithJpegSize(Fixture.Bytes("rgb.jpg"), 60_000, 60_000) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Read_AHeaderThatClaims60000x60000_IsRefusedBeforeAnyPixelIsDecoded(string format, byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("bomb"), bytes);
        var before = GC.GetTotalAllocatedBytes();

        var error = Assert.Throws<ImageFileException>(() => ImageFile.Read(folder.File("bomb")));

        AssertOneLine(error);
        Assert.Contains("60000x60000", error.Message, StringComparison.Ordinal);
        Assert.Contains("3600000000", error.Message, StringComparison.Ordinal);
        Assert.Contains("limit", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256 << 20); // other tests run beside this one
        Assert.Equal(format, ImageFormats.Name(ImageFile.ReadHeader(folder.File("bomb")).Format));
    }

    [Fact]
    public void Read_AboveTheGivenLimit_NamesBoth()
    {
        var file = PngFile.Build(4, 3, 8, PngFile.Gray, new byte[12]);

        var error = Assert.Throws<ImageFileException>(() => ImageFile.Read(new MemoryStream(file), new ImageReadLimits { MaxPixels = 11 }));

        Assert.Contains("4x3, 12 pixels; the limit is 11", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, ImageFile.Read(new MemoryStream(file), new ImageReadLimits { MaxPixels = 12 }).Pixels.Width);
    }

    [Fact]
    public void Read_WhenCancelled_StopsAsThat()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ImageFile.Read(new MemoryStream(Fixture.Bytes("rgb.jpg")), null, source.Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public void Read_FromAStreamThatFails_SaysWhy(int failAt)
    {
        var error = Assert.Throws<ImageFileException>(() => ImageFile.Read(new FailingStream(Fixture.Bytes("rgb.jpg"), failAt)));

        AssertOneLine(error);
        Assert.Contains("the cable was pulled", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FromAStreamThatCannotSeek_Works()
    {
        using var compressed = new MemoryStream(PngFile.Compress(Fixture.Bytes("rgb.jpg")));
        using var stream = new System.IO.Compression.ZLibStream(compressed, System.IO.Compression.CompressionMode.Decompress);

        Assert.Equal(16, ImageFile.Read(stream).Pixels.Width);
    }

    [Fact]
    public void Read_FromAPipeByItsPath_Works()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        pipe.Write(Fixture.Bytes("rgb.jpg"));
        var path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        pipe.Dispose();

        Assert.Equal(16, ImageFile.Read($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").Pixels.Width);
    }

    [Fact]
    public void Read_FromWhereAStreamStands_LeavesWhatIsBefore()
    {
        foreach (var (name, bytes) in SampleFiles.All())
        {
            using var stream = new MemoryStream([9, 9, 9, .. bytes]) { Position = 3 };

            Assert.Equal(Fixture.Load(bytes).Pixels.Bytes().ToArray(), ImageFile.Read(stream).Pixels.Bytes().ToArray());
        }
    }

    private static void AssertRefused(string path, params string[] words)
    {
        var error = Assert.Throws<ImageFileException>(() => ImageFile.Read(path));
        AssertOneLine(error);
        Assert.All(words.Append(Path.GetFileName(path)), word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.Throws<ImageFileException>(() => ImageFile.ReadHeader(path));
    }

    private static void AssertOneLine(ImageFileException error)
    {
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(error.Message.Length, 20, 400);
    }

    // A chunk with its checksum, taken from a file that the builder makes.
    private static byte[] Header(int width, int height)
    {
        var rows = new byte[Math.Max(1, width) * Math.Max(1, height)];
        var file = PngFile.Build(Math.Max(1, width), Math.Max(1, height), 8, PngFile.Gray, rows, ("IHDR", [.. PngFile.BigEndian(width), .. PngFile.BigEndian(height), 8, 0, 0, 0, 0]));
        return file[33..58];
    }

    private static byte[] WithJpegSize(byte[] file, ushort width, ushort height)
    {
        // Start of frame: marker, length (2), precision (1), height, width.
        var frame = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), width);
        return file;
    }

    private sealed class FailingStream(byte[] bytes, int failAt) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position >= failAt ? throw new IOException("the cable was pulled") : base.Read(buffer, offset, (int)Math.Min(count, failAt - Position));

        public override int Read(Span<byte> buffer) =>
            Position >= failAt ? throw new IOException("the cable was pulled") : base.Read(buffer);
    }
}
