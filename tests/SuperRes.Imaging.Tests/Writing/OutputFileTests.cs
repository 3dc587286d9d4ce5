using System.Diagnostics;
using System.Runtime.Versioning;
using SuperRes.Imaging.Writing;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Writing;

/// <summary>A write either gives the whole file or leaves everything as it was.</summary>
public sealed class OutputFileTests
{
    private static readonly ImageBuffer Image = TestImages.Noise(64, 64, ColorModel.Rgb, SampleType.UInt8, seed: 1);

    [Fact]
    public void Write_IntoAFolderThatIsMissing_SaysSo()
    {
        using var folder = new TemporaryFolder();

        AssertRefused(folder.File("missing/a.png"), "folder does not exist");
    }

    [Fact]
    public void Write_IntoAFolderThatIsAFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "x");

        AssertRefused(folder.File("file/a.png"), "can't be written");
        Assert.Equal([folder.File("file")], folder.Entries());
    }

    [Fact]
    public void Write_OverAFolder_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a.png"));

        AssertRefused(folder.File("a.png"), "is a folder");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Write_IntoAReadOnlyFolder_SaysSoAndLeavesTheOldFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows folders have no write bit.");
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may write anywhere.");
        using var folder = new TemporaryFolder();
        ImageFile.Write(folder.File("a.png"), Image);
        var before = File.ReadAllBytes(folder.File("a.png"));
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            AssertRefused(folder.File("a.png"), "can't be written");
            Assert.Equal(before, File.ReadAllBytes(folder.File("a.png")));
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Write_WithoutAKnownExtension_AsksForTheFormat()
    {
        using var folder = new TemporaryFolder();

        AssertRefused(folder.File("a.xyz"), "'.xyz'");
        AssertRefused(folder.File("a"), "PNG, JPEG");
        ImageFile.Write(folder.File("b.xyz"), Image, null, new ImageWriteOptions { Format = ImageFormat.Tiff });
        Assert.Equal(ImageFormat.Tiff, ImageFile.ReadHeader(folder.File("b.xyz")).Format);
    }

    [Fact]
    public void Write_WithoutOverwriting_KeepsWhatIsThere()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.png"), "precious");

        var error = Assert.Throws<ImageFileException>(() => ImageFile.Write(folder.File("a.png"), Image, null, new ImageWriteOptions { Overwrite = false }));

        Assert.Contains("exists", error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(folder.File("a.png")));
        Assert.Single(folder.Entries());
    }

    [Theory]
    [InlineData("Bäume im Schnee 雪の木 🌲 [1] {x} %d.png")]
    [InlineData("-o.png")]
    [InlineData(" leading space.png")]
    public void WriteAndRead_UnusualNames_Work(string name)
    {
        using var folder = new TemporaryFolder();

        ImageFile.Write(folder.File(name), Image);

        Assert.Equal([folder.File(name)], folder.Entries());
        Assert.Equal(Image.Bytes().ToArray(), ImageFile.Read(folder.File(name)).Pixels.Bytes().ToArray());
    }

    [Fact]
    public void Write_ANameAsLongAsTheFileSystemAllows_Works()
    {
        using var folder = new TemporaryFolder();
        var name = new string('n', 246) + ".png";

        ImageFile.Write(folder.File(name), Image);

        Assert.Equal([folder.File(name)], folder.Entries());
    }

    [Fact]
    public void Write_ALongerName_SaysSoBeforeEncoding()
    {
        using var folder = new TemporaryFolder();

        AssertRefused(folder.File(new string('ü', 150) + ".png"), "longer than 255 bytes");
        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Write_WhenCancelled_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.png"), "precious");
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ImageFile.Write(folder.File("a.png"), Image, null, null, source.Token));

        Assert.Equal("precious", File.ReadAllText(folder.File("a.png")));
        Assert.Single(folder.Entries());
    }

    [Fact]
    public async Task Write_WhenCancelledHalfWay_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.png"), "precious");
        var large = TestImages.Noise(4000, 3000, ColorModel.Rgb, SampleType.UInt8, seed: 1);
        using var source = new CancellationTokenSource();

        var writing = Task.Run(() => ImageFile.Write(folder.File("a.png"), large, null, new ImageWriteOptions { PngCompression = 9 }, source.Token));
        while (folder.Entries().Length < 2 && !writing.IsCompleted)
        {
            await Task.Yield();
        }

        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        Assert.Equal("precious", File.ReadAllText(folder.File("a.png")));
        Assert.Single(folder.Entries());
    }

    [Fact]
    public void Write_OntoAFullDisk_SaysSoAndLeavesTheOldFile()
    {
        using var disk = TinyDisk.TryMount(kilobytes: 64);
        Assert.SkipWhen(disk is null, "Mounting a tiny disk takes root and a kernel that lets it.");
        var path = Path.Combine(disk!.Path, "a.png");
        File.WriteAllText(path, "precious");
        var noise = TestImages.Noise(300, 300, ColorModel.Rgb, SampleType.UInt8, seed: 1);

        foreach (var format in (ImageFormat[])[ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Tiff, ImageFormat.Webp, ImageFormat.Gif])
        {
            var options = new ImageWriteOptions { Format = format, JpegQuality = 100, WebpLossless = true };
            var error = Assert.Throws<ImageFileException>(() => ImageFile.Write(path, noise, null, options));
            Assert.DoesNotContain('\n', error.Message);
            Assert.Contains("space", error.Message, StringComparison.OrdinalIgnoreCase);
        }

        using (var strips = ImageStripWriter.Create(path, 300, 3000, ColorModel.Rgb, SampleType.UInt8))
        {
            var error = Assert.Throws<ImageFileException>(() =>
            {
                for (var i = 0; i < 10; i++)
                {
                    strips.Write(noise);
                }

                strips.Complete();
            });
            Assert.Contains("space", error.Message, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("precious", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(disk.Path));
    }

    [Fact]
    public void Write_OntoAStreamThatFillsUp_SaysWhyInEveryFormat()
    {
        foreach (var format in ImageFormats.Writable)
        {
            var writer = new ImageWriter(new ImageWriteOptions { Format = format }, path: null);
            using var whole = new MemoryStream();
            writer.Write(whole, Image, ImageMetadata.None, "'a'", CancellationToken.None);

            foreach (var room in (long[])[0, whole.Length / 2, whole.Length - 1])
            {
                using var full = new FullStream(room);
                var error = Assert.Throws<ImageFileException>(() => writer.Write(full, Image, ImageMetadata.None, "'a'", CancellationToken.None));
                Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Write_OverALink_ReplacesWhatItPointsTo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes links for administrators only.");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("real"));
        File.CreateSymbolicLink(folder.File("a.png"), folder.File("real/b.png"));

        ImageFile.Write(folder.File("a.png"), Image);

        Assert.Equal(folder.File("real/b.png"), new FileInfo(folder.File("a.png")).LinkTarget);
        Assert.Equal(64, ImageFile.ReadHeader(folder.File("real/b.png")).Width);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Write_OverAFile_KeepsItsPermissions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions.");
        using var folder = new TemporaryFolder();
        ImageFile.Write(folder.File("a.png"), Image);
        File.SetUnixFileMode(folder.File("a.png"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        ImageFile.Write(folder.File("a.png"), Image);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("a.png")));
    }

    [Fact]
    public void Write_ToADevice_LeavesItADevice()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/null.");

        ImageFile.Write("/dev/null", Image, null, new ImageWriteOptions { Format = ImageFormat.Png });

        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Empty(Directory.GetFiles("/dev", ".superres*"));
    }

    [Fact]
    public void Write_ThroughALinkToADevice_LeavesItADevice()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/null.");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("a.png"), "/dev/null");

        ImageFile.Write(folder.File("a.png"), Image);

        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Equal("/dev/null", new FileInfo(folder.File("a.png")).LinkTarget);
    }

    [Fact]
    public async Task Write_ToANamedPipe_IsReadAtItsOtherEnd()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Named pipes as files are Unix's.");
        using var folder = new TemporaryFolder();
        using (var make = Process.Start("mkfifo", [folder.File("a.png")]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var reading = Task.Run(() => File.ReadAllBytes(folder.File("a.png")), TestContext.Current.CancellationToken);
        ImageFile.Write(folder.File("a.png"), Image);

        using var read = new MemoryStream(await reading);
        Assert.Equal(Image.Bytes().ToArray(), ImageFile.Read(read).Pixels.Bytes().ToArray());
    }

    [Fact]
    public void Write_ToAStreamThatFails_SaysWhy()
    {
        var error = Assert.Throws<ImageFileException>(() => ImageFile.Write(new BrokenPipe(), Image, null, new ImageWriteOptions { Format = ImageFormat.Png }));

        Assert.Contains("Broken pipe", error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string path, string words)
    {
        var error = Assert.Throws<ImageFileException>(() => ImageFile.Write(path, Image));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private sealed class BrokenPipe : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }

    private sealed class FullStream(long room) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Position + buffer.Length > room)
            {
                throw new IOException("No space left on device");
            }

            // MemoryStream hands spans of derived classes to the other overload, which would come back here.
            base.Write(buffer.ToArray(), 0, buffer.Length);
        }
    }

    /// <summary>A file system in memory that is soon full.</summary>
    private sealed class TinyDisk : IDisposable
    {
        private TinyDisk(string path) => Path = path;

        public string Path { get; }

        public static TinyDisk? TryMount(int kilobytes)
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            {
                return null;
            }

            var path = Directory.CreateTempSubdirectory("superres-disk-").FullName;
            if (Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path))
            {
                return new TinyDisk(path);
            }

            Directory.Delete(path);
            return null;
        }

        public void Dispose()
        {
            Run("umount", Path);
            Directory.Delete(Path);
        }

        private static bool Run(string command, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
