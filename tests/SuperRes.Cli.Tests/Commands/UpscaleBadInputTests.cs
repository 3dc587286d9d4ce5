using System.Buffers.Binary;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

/// <summary>Whatever a folder of real photos may hold: one clear line each, a non-zero exit, and no file that is not whole.</summary>
public sealed class UpscaleBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> BadInputs => ["truncated.png", "truncated.jpg", "empty.png", "text.jpg", "folder.png", "absent.png", "bomb.png", "zero.png"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(BadInputs))]
    public async Task Upscale_BadInput_GivesOneLineAndNoFile(string name)
    {
        var input = Make(name);
        var filesBefore = _folder.Files;

        var run = await CliRun.RunAsync("upscale", input, "-o", _folder["result.png"], "-q");

        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n'));
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault in superres", run.Error, StringComparison.Ordinal);
        Assert.Equal(filesBefore, _folder.Files);
    }

    [Fact]
    public async Task Upscale_AFolderWithPicturesOfOtherKinds_SaysWhatIsLeftOut()
    {
        TestImages.Write(_folder["in/a.png"]);
        foreach (var name in (string[])["b.HEIC", "c.heic", "d.CR2", "notes.txt"])
        {
            File.WriteAllText(_folder["in/" + name], "");
        }

        var run = await CliRun.RunAsync("upscale", _folder["in"], "-o", _folder["out"], "-m", "bicubic");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("left out: 1 .cr2, 2 .heic.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "out.png")]
    [InlineData("in.png", "")]
    public async Task Upscale_AnEmptyPath_IsSaid(string input, string output)
    {
        var run = await CliRun.RunAsync("upscale", input, "-o", output);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("is empty", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_IntoAFileAsIfItWereAFolder_IsSaid()
    {
        var input = TestImages.Write(_folder["in.png"]);
        File.WriteAllText(_folder["file"], "");

        var run = await CliRun.RunAsync("upscale", input, "-o", Path.Combine(_folder["file"], "x.png"), "-m", "bicubic");

        Assert.Contains("is a file, and 'x.png' can't be written into it", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
    }

    [Fact]
    public async Task Upscale_AFolderIntoAFile_IsRefusedOnceBeforeAnyWork()
    {
        TestImages.Write(_folder["in/a.png"]);
        TestImages.Write(_folder["in/b.png"]);
        File.WriteAllText(_folder["file"], "");

        var run = await CliRun.RunAsync("upscale", _folder["in"], "-o", _folder["file"], "-m", "bicubic");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.StartsWith($"superres: '{_folder["file"]}' is a file, and 'a.png' can't be written into it. Name a folder.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("b.png", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_OneImageThatIsSkipped_SaysSo()
    {
        File.WriteAllText(_folder["out.png"], "mine");

        var run = await CliRun.RunAsync("upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.png"], "-m", "bicubic", "--skip-existing");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains($"'{_folder["out.png"]}' exists already and was skipped.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_WrongExtension_IsReadByContent()
    {
        File.Move(TestImages.Write(_folder["real.png"]), _folder["really-png.jpg"]);

        var run = await CliRun.RunAsync("upscale", _folder["really-png.jpg"], "-o", _folder["out.png"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal((48, 32), TestImages.SizeOf(_folder["out.png"]));
    }

    [Theory]
    [InlineData("ümläut 写真 🌄 'quoted' \"too\".png")]
    [InlineData("-starts-with-a-dash.png")]
    public async Task Upscale_UnusualName_IsJustAName(string name)
    {
        TestImages.Write(_folder["in/" + name]);

        var run = await CliRun.RunAsync("upscale", _folder["in"], "-o", _folder["out"], "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("out/" + name, _folder.Files);
        Assert.EndsWith(name, run.Json.GetProperty("images")[0].GetProperty("input").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_NameOfTheGreatestLength_WorksAndALongerOneIsRefused()
    {
        // 255 bytes is the limit of ext4, NTFS and APFS alike.
        var input = TestImages.Write(_folder["in/" + new string('n', 251) + ".png"]);

        var fits = await CliRun.RunAsync("upscale", _folder["in"], "-o", _folder["out"]);
        var tooLong = await CliRun.RunAsync("upscale", input, "--suffix", "-x4");

        Assert.Equal(ExitCode.Done, fits.ExitCode);
        Assert.Equal(ExitCode.SomeFailed, tooLong.ExitCode);
        Assert.DoesNotContain("fault in superres", tooLong.Error, StringComparison.Ordinal);
        Assert.Equal(2, _folder.Files.Count);
    }

    [Fact]
    public async Task Upscale_ResultLargerThanAnyBuffer_IsRefused()
    {
        var run = await CliRun.RunAsync("upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.png"], "-s", "1e5");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.DoesNotContain("fault in superres", run.Error, StringComparison.Ordinal);
    }

    private string Make(string name)
    {
        var path = _folder[name];
        switch (name)
        {
            case "truncated.png" or "truncated.jpg":
                var whole = File.ReadAllBytes(TestImages.Write(path, 200, 150));
                File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
                break;
            case "empty.png":
                File.WriteAllBytes(path, []);
                break;
            case "text.jpg":
                File.WriteAllText(path, "Dear diary, this is no photo.");
                break;
            case "folder.png":
                // As an input it is a folder without images.
                Directory.CreateDirectory(path);
                break;
            case "bomb.png":
                File.WriteAllBytes(path, PngHeader(60_000, 60_000));
                break;
            case "zero.png":
                File.WriteAllBytes(path, PngHeader(0, 10));
                break;
        }

        return path;
    }

    /// <summary>A PNG's signature and IHDR (PNG specification, clauses 5.2 and 11.2.2), and nothing after them.</summary>
    private static byte[] PngHeader(uint width, uint height)
    {
        var header = new byte[8 + 8 + 13 + 4];
        ((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]).CopyTo(header, 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), 13);
        "IHDR"u8.CopyTo(header.AsSpan(12));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), height);
        ((byte[])[8, 2, 0, 0, 0]).CopyTo(header, 24);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(29), Crc32(header.AsSpan(12, 17)));
        return header;
    }

    /// <summary>PNG specification, annex D.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
