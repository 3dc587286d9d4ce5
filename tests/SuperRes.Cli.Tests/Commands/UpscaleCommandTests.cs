using System.Runtime.Versioning;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.EndToEnd;
using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Cli.Tests.Commands;

public sealed class UpscaleCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Upscale_OneFile_WritesItAtFourTimesTheSize()
    {
        var input = TestImages.Write(_folder["in.png"]);

        var run = await CliRun.RunAsync("upscale", input, "-o", _folder["out.png"]);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Output));
        Assert.Contains("(12x8 -> 48x32", run.Error, StringComparison.Ordinal);
        Assert.Equal((48, 32), TestImages.SizeOf(_folder["out.png"]));
    }

    [Fact]
    public async Task Upscale_WithNearest_RepeatsEveryPixel()
    {
        var input = TestImages.Write(_folder["in.png"]);

        await CliRun.RunAsync("upscale", input, "-o", _folder["out.png"], "-m", "nearest", "-s", "2");

        var small = ImageFile.Read(input).Pixels;
        var large = ImageFile.Read(_folder["out.png"]).Pixels;
        for (var y = 0; y < large.Height; y++)
        {
            for (var x = 0; x < large.Width; x++)
            {
                Assert.Equal(small.Row<byte>(y / 2).Slice(x / 2 * 3, 3), large.Row<byte>(y).Slice(x * 3, 3));
            }
        }
    }

    [Theory]
    [InlineData("out.jpg", 37, "--quality", "37")]
    [InlineData("out.jpg", 95)]
    [InlineData("-", 37, "--quality", "37", "-f", "jpg")]
    public async Task Upscale_WithQuality_WritesIt(string output, int expected, params string[] more)
    {
        var run = await CliRun.RunAsync(["upscale", TestImages.Write(_folder["in.png"]), "-o", output == "-" ? output : _folder[output], "-m", "nearest", .. more]);
        if (output == "-")
        {
            File.WriteAllBytes(_folder["-"], run.OutputBytes);
        }

        Assert.Equal(expected, ImageFile.ReadHeader(_folder[output]).JpegQuality);
        Assert.DoesNotContain("--quality is for", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_WithQuality_MakesLosslessWebpLossy()
    {
        ImageFile.Write(_folder["in.webp"], ImageFile.Read(TestImages.Write(_folder["in.png"], 64, 48)).Pixels, metadata: null, new ImageWriteOptions { WebpLossless = true });

        await CliRun.RunAsync("upscale", _folder["in.webp"], "-o", _folder["lossless.webp"], "-m", "nearest", "-s", "1");
        await CliRun.RunAsync("upscale", _folder["in.webp"], "-o", _folder["lossy.webp"], "-m", "nearest", "-s", "1", "--quality", "30");

        byte[] Pixels(string name) => ImageFile.Read(_folder[name]).Pixels.Samples<byte>().ToArray();
        Assert.Equal(Pixels("in.webp"), Pixels("lossless.webp"));
        Assert.NotEqual(Pixels("in.webp"), Pixels("lossy.webp"));
    }

    [Fact]
    public async Task Upscale_WithQualityOfPng_SaysThatItHasNone()
    {
        var input = TestImages.Write(_folder["in.png"]);
        var run = await CliRun.RunAsync("upscale", input, "-o", _folder["out.png"], "-m", "nearest", "--quality", "80");
        var piped = await CliRun.RunAsync(File.ReadAllBytes(input), TestContext.Current.CancellationToken, "upscale", "-", "-o", "-", "-m", "nearest", "--quality", "80");

        Assert.All([run, piped], one =>
        {
            Assert.Equal(ExitCode.Done, one.ExitCode);
            Assert.Contains("note: --quality is for JPEG, WebP, AVIF, HEIF and JPEG XL", one.Error, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("high")]
    public async Task Upscale_WithAQualityThatIsNone_IsRefused(string quality)
    {
        var run = await CliRun.RunAsync("upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.jpg"], "--quality", quality);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"'{quality}' after --quality is no whole number from 1 to 100.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(18, 12, "-s", "1.5")]
    [InlineData(36, 24, "-s", "x3")]
    [InlineData(60, 40, "--width", "60")]
    [InlineData(60, 40, "--height", "40")]
    [InlineData(30, 50, "--width", "30", "--height", "50")]
    [InlineData(6, 4, "-s", "0.5")]
    public async Task Upscale_EachWayToGiveASize_MakesIt(int width, int height, params string[] size)
    {
        var input = TestImages.Write(_folder["in.png"]);

        var run = await CliRun.RunAsync(["upscale", input, "-o", _folder["out.png"], .. size]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal((width, height), TestImages.SizeOf(_folder["out.png"]));
    }

    [Fact]
    public async Task Upscale_FolderRecursively_MirrorsTheTreeAndLeavesOtherFilesAlone()
    {
        TestImages.Write(_folder["in/a.png"]);
        TestImages.Write(_folder["in/deep/er/b.jpg"]);
        TestImages.Write(_folder["in/.hidden.png"]);
        File.WriteAllText(_folder["in/notes.txt"], "not an image");

        var run = await CliRun.RunAsync("upscale", _folder["in"], "-r", "-o", _folder["out"], "-s", "2");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(["out/a.png", "out/deep/er/b.jpg"], _folder.Files.Where(file => file.StartsWith("out", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Upscale_FolderOnceMoreWithTheOutputInside_DoesNotUpscaleItsOwnOutput()
    {
        TestImages.Write(_folder["in/a.png"]);

        await CliRun.RunAsync("upscale", _folder["in"], "-r", "-o", _folder["in/big"], "-s", "2");
        await CliRun.RunAsync("upscale", _folder["in"], "-r", "-o", _folder["in/big"], "-s", "2", "--overwrite");

        Assert.Equal(["in/a.png", "in/big/a.png"], _folder.Files);
    }

    [Fact]
    public async Task Upscale_FolderWithoutImages_AdvisesToLookDeeper()
    {
        TestImages.Write(_folder["in/deep/a.png"]);

        var run = await CliRun.RunAsync("upscale", _folder["in"], "-o", _folder["out"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("Add -r to look into the folders below it.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in/*.png", "out/a1.png", "out/a2.png", "out/b1.png")]
    [InlineData("in/?1.png", "out/a1.png", "out/b1.png")]
    [InlineData("in/[!b]*.png", "out/a1.png", "out/a2.png")]
    [InlineData("in/**/*1.png", "out/a1.png", "out/b1.png", "out/deep/er/c1.png")]
    [InlineData("in/*/er/*", "out/deep/er/c1.png")]
    public async Task Upscale_QuotedPattern_IsExpanded(string pattern, params string[] expected)
    {
        foreach (var name in (string[])["a1", "a2", "b1", "deep/er/c1"])
        {
            TestImages.Write(_folder[$"in/{name}.png"]);
        }

        var run = await CliRun.RunAsync("upscale", _folder.Path + "/" + pattern, "-o", _folder["out"], "-s", "2");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(expected, _folder.Files.Where(file => file.StartsWith("out", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Upscale_PatternThatMatchesNothing_IsWrongUsage()
    {
        var run = await CliRun.RunAsync("upscale", _folder.Path + "/*.png", "-o", _folder["out"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("No file matches", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_NameThatLooksLikeAPattern_IsTheFile()
    {
        var input = TestImages.Write(_folder["photo[1].png"]);

        var run = await CliRun.RunAsync("upscale", input, "-o", _folder["out.png"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
    }

    [Fact]
    public async Task Upscale_TwoInputsForOneOutput_IsRefusedBeforeAnyWork()
    {
        TestImages.Write(_folder["in/a.png"]);
        TestImages.Write(_folder["in/a.jpg"]);

        var run = await CliRun.RunAsync("upscale", _folder["in"], "-o", _folder["out"], "-f", "png");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("would all become", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path + "/out"));
    }

    [Theory]
    [InlineData("--overwrite")]
    [InlineData("--skip-existing")]
    [InlineData("-q")]
    public async Task Upscale_OntoAnInput_IsRefused(string option)
    {
        var input = TestImages.Write(_folder["a.png"]);
        var before = File.ReadAllBytes(input);
        File.CreateSymbolicLink(_folder["link.png"], input);

        foreach (var output in (string[])[input, _folder["link.png"], _folder["x/../a.png"]])
        {
            var run = await CliRun.RunAsync("upscale", input, "-o", output, option);

            Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
            Assert.Contains("inputs are never overwritten", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(input));
    }

    [Fact]
    public async Task Upscale_OntoAnInputThroughALinkedFolder_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes links for administrators only.");
        var input = TestImages.Write(_folder["photos/a.png"]);
        var before = File.ReadAllBytes(input);
        Directory.CreateSymbolicLink(_folder["out"], _folder["photos"]);
        Directory.CreateSymbolicLink(_folder["further"], _folder["out"]);

        foreach (var output in (string[])["out", "further"])
        {
            var run = await CliRun.RunAsync("upscale", _folder["photos"], "-o", _folder[output], "--overwrite");

            Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
            Assert.Contains("inputs are never overwritten", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(input));
    }

    [Fact]
    public async Task Upscale_IntoALinkToAFolderBelow_TakesNoResultsAsInputs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes links for administrators only.");
        TestImages.Write(_folder["photos/a.png"]);
        Directory.CreateDirectory(_folder["photos/large"]);
        Directory.CreateSymbolicLink(_folder["out"], _folder["photos/large"]);

        await CliRun.RunAsync("upscale", _folder["photos"], "-r", "-o", _folder["out"], "-m", "nearest");
        var again = await CliRun.RunAsync("upscale", _folder["photos"], "-r", "-o", _folder["out"], "-m", "nearest", "--skip-existing");

        Assert.Equal(ExitCode.Done, again.ExitCode);
        Assert.Equal([_folder["photos/large/a.png"]], Directory.GetFileSystemEntries(_folder["photos/large"]));
    }

    [Fact]
    public async Task Upscale_AFileWithoutAnExtension_KeepsItsFormat()
    {
        File.Move(TestImages.Write(_folder["a.jpg"]), _folder["a"]);

        var run = await CliRun.RunAsync("upscale", _folder["a"], "-o", _folder["out/"], "-m", "nearest");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(ImageFormat.Jpeg, ImageFile.ReadHeader(_folder["out/a.jpg"]).Format);
    }

    [Fact]
    public async Task Upscale_ToADevice_NeedsNoOverwriting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/null.");

        var run = await CliRun.RunAsync("upscale", TestImages.Write(_folder["a.png"]), "-o", "/dev/null", "-f", "png");

        Assert.Equal(ExitCode.Done, run.ExitCode);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Upscale_AFolderThatMayNotBeRead_IsToldOfAndTheOthersAreMade()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user may read everything.");
        TestImages.Write(_folder["photos/a.png"]);
        TestImages.Write(_folder["photos/closed/b.png"]);
        File.SetUnixFileMode(_folder["photos/closed"], UnixFileMode.None);

        var run = await CliRun.RunAsync("upscale", _folder["photos"], "-r", "-o", _folder["out"], "-m", "nearest");
        File.SetUnixFileMode(_folder["photos/closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("closed' can't be looked into", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out/a.png"]));
    }

    [Fact]
    public async Task Upscale_OutputThatExists_NeedsAWord()
    {
        var input = TestImages.Write(_folder["a.png"]);
        var output = TestImages.Write(_folder["b.png"], 3, 3);

        var refused = await CliRun.RunAsync("upscale", input, "-o", output);
        Assert.Equal((ExitCode.WrongUsage, (3, 3)), (refused.ExitCode, TestImages.SizeOf(output)));
        Assert.Contains("--overwrite", refused.Error, StringComparison.Ordinal);

        var skipped = await CliRun.RunAsync("upscale", input, "-o", output, "--skip-existing", "--json");
        Assert.Equal((ExitCode.Done, (3, 3)), (skipped.ExitCode, TestImages.SizeOf(output)));
        Assert.Equal("skipped", skipped.Json.GetProperty("images")[0].GetProperty("status").GetString());

        var replaced = await CliRun.RunAsync("upscale", input, "-o", output, "--overwrite");
        Assert.Equal((ExitCode.Done, (48, 32)), (replaced.ExitCode, TestImages.SizeOf(output)));
    }

    [Fact]
    public async Task Upscale_SuffixAlone_WritesBesideTheInput()
    {
        var input = TestImages.Write(_folder["in/PHOTO.JPG"]);

        var run = await CliRun.RunAsync("upscale", input, "--suffix", "-x2", "-s", "2");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(["in/PHOTO-x2.JPG", "in/PHOTO.JPG"], _folder.Files);
    }

    [Fact]
    public async Task Upscale_Format_ChangesTheExtensionAndTheContent()
    {
        TestImages.Write(_folder["in/a.png"]);

        var run = await CliRun.RunAsync("upscale", _folder["in"], "-o", _folder["out"], "-f", "webp");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(ImageFormat.Webp, ImageFile.ReadHeader(_folder["out/a.webp"]).Format);
    }

    [Fact]
    public async Task Upscale_StandardStreams_CarryTheImageAndNothingElse()
    {
        var input = File.ReadAllBytes(TestImages.Write(_folder["in.png"]));

        var run = await CliRun.RunAsync(input, CancellationToken.None, "upscale", "-", "-o", "-", "-s", "2");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var image = ImageFile.Read(new MemoryStream(run.OutputBytes));
        Assert.Equal((24, 16, ImageFormat.Png), (image.Pixels.Width, image.Pixels.Height, image.Format));
    }

    [Fact]
    public async Task Upscale_AlphaIntoJpeg_SaysWhatIsLost()
    {
        var input = TestImages.Write(_folder["in.png"], color: ColorModel.Rgba);

        var run = await CliRun.RunAsync("upscale", input, "-o", _folder["out.jpg"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("note: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_EnsembleOfAClassicalMethod_SaysThatItRunsOnce()
    {
        var input = TestImages.Write(_folder["in.png"]);

        var run = await CliRun.RunAsync("upscale", input, "-o", _folder["ensemble.png"], "--ensemble", "-m", "bicubic");
        await CliRun.RunAsync("upscale", input, "-o", _folder["once.png"], "-m", "bicubic");

        Assert.Contains("note: --ensemble is for networks. 'bicubic'", run.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_folder["once.png"]), File.ReadAllBytes(_folder["ensemble.png"]));
    }

    [Theory]
    [InlineData("anim.gif")]
    [InlineData("anim.webp")]
    public async Task Upscale_Animation_KeepsTheFirstFrameAndSaysSo(string name)
    {
        var run = await CliRun.RunAsync("upscale", Path.Combine(AppContext.BaseDirectory, "fixtures", name), "-o", _folder[name]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Matches("note: Of [0-9]+ frames or pages only the first was kept", run.Error);
        Assert.Equal(1, ImageFile.ReadHeader(_folder[name]).FrameCount);
    }

    [Fact]
    public async Task Upscale_SomeBadFiles_DoesTheOthersAndListsTheBadOnes()
    {
        TestImages.Write(_folder["in/good.png"]);
        File.WriteAllText(_folder["in/text.png"], "not an image");
        File.WriteAllBytes(_folder["in/empty.jpg"], []);

        var run = await CliRun.RunAsync("upscale", _folder["in"], _folder["absent.png"], "-o", _folder["out"], "--json");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Equal((1, 3), (run.Json.GetProperty("done").GetInt32(), run.Json.GetProperty("failed").GetInt32()));
        Assert.Equal(["out/good.png"], _folder.Files.Where(file => file.StartsWith("out", StringComparison.Ordinal)));
        Assert.Equal(3, run.Error.Split('\n').Count(line => line.StartsWith("superres: ", StringComparison.Ordinal)));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_OfAFolderWithALinkThatLeadsIntoItself_DoesTheOthers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes links for administrators only.");
        TestImages.Write(_folder["photos/good.png"]);
        File.CreateSymbolicLink(_folder["photos/self.png"], "../photos/self.png/x");

        await CliRun.RunAsync("upscale", _folder["photos"], "-o", _folder["out/"], "-s", "2", "-m", "bicubic");

        Assert.Contains("out/good.png", Directory.EnumerateFiles(_folder["out"]).Select(file => $"out/{Path.GetFileName(file)}"));
    }

    [Fact]
    public async Task Upscale_OfAPatternThatIsNone_SaysSo()
    {
        var run = await CliRun.RunAsync("upscale", _folder["img[9-0].png"], "-o", _folder["out/"], "-m", "bicubic");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("is no pattern", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-o", "-")]
    [InlineData("-o", "FOLDER")]
    public async Task Upscale_OfWhatCanBeReadOnce_ReadsItOnce(params string[] output)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdin on Windows.");
        var image = File.ReadAllBytes(TestImages.Write(_folder["in.png"]));

        var run = await CliProcess.RunAsync(image, ["upscale", "/dev/stdin", "-m", "bicubic", "-s", "2", .. output.Select(word => word.Replace("FOLDER", _folder["out/"], StringComparison.Ordinal))]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(output[1] == "-" ? 0 : 1, _folder.Files.Count(file => file.StartsWith("out/stdin", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Upscale_Json_DescribesEveryImageInOrder()
    {
        string[] inputs = [TestImages.Write(_folder["z.png"]), TestImages.Write(_folder["a.png"])];

        var run = await CliRun.RunAsync(["upscale", .. inputs, "-o", _folder["out/"], "--json", "-s", "2", "-j", "2", "-m", "bicubic"]);

        var images = run.Json.GetProperty("images").EnumerateArray().ToList();
        Assert.Equal("bicubic", run.Json.GetProperty("model").GetString());
        Assert.Equal(inputs, images.Select(image => image.GetProperty("input").GetString()));
        Assert.All(images, image => Assert.Equal((24, 16), (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32())));
    }

    [Fact]
    public async Task Upscale_Cancelled_ReturnsInterruptedAndLeavesNothing()
    {
        var input = TestImages.Write(_folder["in.png"]);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var run = await CliRun.RunAsync([], cancelled.Token, "upscale", input, "-o", _folder["out.png"]);

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Equal(["in.png"], _folder.Files);
    }
}
