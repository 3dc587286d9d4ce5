using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data.Catalogue;

namespace SuperRes.Cli.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_WithoutOptions_ShowsArchivesAndLicence()
    {
        var run = await CliRun.RunAsync("data", "list", "-o", _folder.Path);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("academic research purpose only", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  div2k-valid-hr +428\.2 MiB  100 high-resolution images", run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task List_AsJson_IsOneDocumentWithAddressesAndChecksums()
    {
        PlaceFetched("div2k-valid-hr");

        var run = await CliRun.RunAsync("data", "list", "-o", _folder.Path, "--json");

        var archives = run.Json.GetProperty("datasets")[0].GetProperty("archives").EnumerateArray().ToList();
        Assert.Equal(22, archives.Count);
        var archive = Assert.Single(archives, archive => archive.GetProperty("isFetched").GetBoolean());
        Assert.Equal("https://data.vision.ee.ethz.ch/cvl/DIV2K/DIV2K_valid_HR.zip", archive.GetProperty("address").GetString());
        Assert.Equal(448993893, archive.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Get_OfWhatIsThere_NeedsNoNetwork()
    {
        PlaceFetched("div2k-valid-hr");

        // Port 9 (discard) of this machine: nothing answers there.
        var run = await CliRun.RunAsync("data", "get", "DIV2K_valid_HR", "-o", _folder.Path, "--mirror", "http://127.0.0.1:9", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var archive = run.Json.GetProperty("archives")[0];
        Assert.Equal(("div2k-valid-hr", 1, true), (archive.GetProperty("name").GetString(), archive.GetProperty("files").GetInt32(), archive.GetProperty("wasThere").GetBoolean()));
        Assert.Contains("academic research purpose only", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OfAnUnknownName_NamesTheNearest()
    {
        var run = await CliRun.RunAsync("data", "get", "div2k-valid-hd", "-o", _folder.Path);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("Did you mean 'div2k-valid-hr'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FromNoAddress_IsWrongUsage()
    {
        var run = await CliRun.RunAsync("data", "get", "div2k-valid-hr", "--mirror", "ftp://example.org");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("no http or https address", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_OfASet_CutsItAndTellsHowMany()
    {
        TestImages.Write(_folder["set/HR/a.png"], 20, 12);
        TestImages.Write(_folder["set/HR/small.png"], 4, 4);

        var run = await CliRun.RunAsync("data", "prepare", _folder["set"], "-o", _folder["out"], "--size", "8");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("8 sub-images of 1 image in", run.Output, StringComparison.Ordinal);
        Assert.Contains("'set/small.png' is smaller than a sub-image", run.Error, StringComparison.Ordinal);
        Assert.Equal((8, 8), TestImages.SizeOf(_folder["out/HR/a_s001.png"]));
        Assert.True(File.Exists(_folder["out/manifest.json"]));
    }

    [Fact]
    public async Task Prepare_NothingLargeEnough_IsSaidAndTheNextAttemptMayAskForLess()
    {
        TestImages.Write(_folder["set/HR/a.png"], 20, 12);

        var run = await CliRun.RunAsync("data", "prepare", _folder["set"], "-o", _folder["out"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("Every image is smaller than a sub-image of 480x480", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out/HR"]));
        Assert.Equal(ExitCode.Done, (await CliRun.RunAsync("data", "prepare", _folder["set"], "-o", _folder["out"], "--size", "8")).ExitCode);
    }

    [Theory]
    [InlineData("prepare", "--size", "8")]
    [InlineData("degrade", "-s", "2")]
    public async Task Data_IntoAFile_IsSaid(params string[] command)
    {
        TestImages.Write(_folder["set/HR/a.png"], 20, 12);
        File.WriteAllText(_folder["file"], "");
        string[] start = command[0] == "prepare" ? ["data"] : [];

        var run = await CliRun.RunAsync([.. start, command[0], _folder["set"], "-o", _folder["file"], .. command[1..]]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("' is a file", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data", "prepare", "IN", "-o", "OUT")]
    [InlineData("data", "check", "IN")]
    [InlineData("degrade", "IN", "-o", "OUT", "-s", "2")]
    public async Task Data_OfNoDataSet_IsWrongUsage(params string[] command)
    {
        Directory.CreateDirectory(_folder["empty"]);
        foreach (var input in (string[])[_folder["absent"], _folder["empty"]])
        {
            var run = await CliRun.RunAsync([.. command.Select(word => word switch { "IN" => input, "OUT" => _folder["out"], _ => word })]);

            Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        }
    }

    [Fact]
    public async Task Prepare_WithABadImage_DoesTheOthersAndReturnsSomeFailed()
    {
        TestImages.Write(_folder["set/a.png"], 20, 12);
        File.WriteAllText(_folder["set/bad.png"], "no image");

        var run = await CliRun.RunAsync("data", "prepare", _folder["set"], "-o", _folder["out"], "--size", "8", "--shrink", "1.25", "--json");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Equal(1, run.Json.GetProperty("sources").GetInt32());
        Assert.EndsWith("bad.png", run.Json.GetProperty("failures")[0].GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shrink", "0.5", "must be 1 or more")]
    [InlineData("--shrink", "much", "is no number")]
    [InlineData("--size", "0", "at least 1")]
    [InlineData("--step", "0", "The step is 0")]
    public async Task Prepare_WithWrongValues_IsWrongUsage(string option, string value, string expected)
    {
        TestImages.Write(_folder["set/a.png"], 20, 12);

        var run = await CliRun.RunAsync("data", "prepare", _folder["set"], "-o", _folder["out"], option, value);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfASoundSet_ReturnsDone()
    {
        TestImages.Write(_folder["set/HR/a.png"], 24, 16);
        await CliRun.RunAsync("degrade", _folder["set"], "-o", _folder["set"], "-s", "2,4");

        var run = await CliRun.RunAsync("data", "check", _folder["set"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("bicubic x2: MATLAB-made: the only image, 0 samples differ", run.Output, StringComparison.Ordinal);
        Assert.Contains("bicubic x4: MATLAB-made: the only image, 0 samples differ", run.Output, StringComparison.Ordinal);
        Assert.Contains("no problems", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Check_OfAFaultySet_NamesTheFaultsAndReturnsSomeFailed()
    {
        TestImages.Write(_folder["set/HR/a.png"], 24, 16);
        TestImages.Write(_folder["set/LR_bicubic/X2/ax2.png"], 11, 8);

        var run = await CliRun.RunAsync("data", "check", _folder["set"]);
        var json = (await CliRun.RunAsync("data", "check", _folder["set"], "--json")).Json;

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("problem: 'ax2.png' is 11x8, and a.png at x2 makes 12x8. Run: superres degrade", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, json.GetProperty("problems").GetInt32());
        Assert.Equal("wrongSize", json.GetProperty("datasets")[0].GetProperty("findings")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Check_AsJson_WritesAnInfinitePsnrAsText()
    {
        TestImages.Write(_folder["set/HR/a.png"], 24, 16);
        await CliRun.RunAsync("degrade", _folder["set"], "-o", _folder["set"], "-s", "2");

        var run = await CliRun.RunAsync("data", "check", _folder["set"], "--json");

        var pair = run.Json.GetProperty("datasets")[0].GetProperty("tracks")[0].GetProperty("pairs")[0];
        Assert.Equal(("matlab", "Infinity"), (pair.GetProperty("origin").GetString(), pair.GetProperty("psnr").GetString()));
    }

    [Fact]
    public async Task Check_OfManyFaultsOfAKind_ShowsTheFirst()
    {
        for (var i = 0; i < 25; i++)
        {
            File.WriteAllText(_folder[$"set/bad{i}.png"], "no image");
        }

        var run = await CliRun.RunAsync("data", "check", _folder["set"]);

        Assert.Contains("… and 5 more of this kind", run.Output, StringComparison.Ordinal);
        Assert.Contains("25 problems", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfNoFolder_SaysSoInOneLine()
    {
        var run = await CliRun.RunAsync("data", "check", _folder["absent"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Matches("^superres: '.*absent' does not exist[^\n]*\n$", run.Error.ReplaceLineEndings("\n"));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Leaks_OfATestImageThatIsTrainedOn_NamesBothAndReturnsSomeFailed()
    {
        TestImages.Write(_folder["train/a.png"], 40, 32, seed: 1);
        TestImages.Write(_folder["train/b.png"], 40, 32, seed: 2);
        TestImages.Write(_folder["test/0001.tif"], 40, 32, seed: 2);
        TestImages.Write(_folder["test/0002.png"], 40, 32, seed: 3);

        var run = await CliRun.RunAsync("data", "leaks", _folder["train"], "--test", _folder["test"]);
        var json = (await CliRun.RunAsync("data", "leaks", _folder["train"], "--test", _folder["test"], "--json")).Json;

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Equal($"{_folder["test/0001.tif"]}  has the same pixels as  {_folder["train/b.png"]}  (1.00)\n1 of 2 test images is among 2 training images\n", run.Output.ReplaceLineEndings("\n"));
        var leak = Assert.Single(json.GetProperty("leaks").EnumerateArray());
        Assert.Equal(("samePixels", 1), (leak.GetProperty("kind").GetString(), leak.GetProperty("similarity").GetDouble()));
        Assert.Equal((2, 2), (json.GetProperty("trainingImages").GetInt32(), json.GetProperty("testImages").GetInt32()));
    }

    [Fact]
    public async Task Leaks_OfSomeImagesOfASet_LooksForThoseOnly()
    {
        TestImages.Write(_folder["train/a.png"], 40, 32, seed: 1);
        TestImages.Write(_folder["test/0001.png"], 40, 32, seed: 1);
        TestImages.Write(_folder["test/0002.png"], 40, 32, seed: 2);

        var run = await CliRun.RunAsync("data", "leaks", _folder["train"], "--test", _folder["test"] + "@0002");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("the test image is not among 1 training image\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Leaks_WithWhatIsNoImage_SaysSoAndReturnsSomeFailed()
    {
        TestImages.Write(_folder["train/a.png"], 40, 32, seed: 1);
        File.WriteAllText(_folder["train/bad.png"], "no image");
        TestImages.Write(_folder["test/b.png"], 40, 32, seed: 2);

        var run = await CliRun.RunAsync("data", "leaks", _folder["train"], "--test", _folder["test"]);
        var json = (await CliRun.RunAsync("data", "leaks", _folder["train"], "--test", _folder["test"], "--json")).Json;

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("bad.png", run.Error, StringComparison.Ordinal);
        Assert.Equal("the test image is not among 1 training image\n", run.Output.ReplaceLineEndings("\n"));
        Assert.EndsWith("bad.png", json.GetProperty("failures")[0].GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("does not exist", "train", "--test", "absent")]
    [InlineData("has no image '0009'", "train", "--test", "train@0009")]
    [InlineData("'--test' is required", "train")]
    public async Task Leaks_WithWrongArguments_IsWrongUsage(string expected, params string[] arguments)
    {
        TestImages.Write(_folder["train/a.png"], 40, 32);

        var run = await CliRun.RunAsync(["data", "leaks", .. arguments.Select(argument => argument.StartsWith('-') ? argument : _folder[argument])]);

        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    /// <summary>Makes the folder look as it does after a fetch, with one image in place of all.</summary>
    private void PlaceFetched(string name)
    {
        var archive = DatasetCatalogue.Find(name)[0];
        File.WriteAllBytes(_folder[$"DIV2K/{archive.Folder}/0801.png"], [1, 2, 3]);
        File.WriteAllText(_folder[$"DIV2K/.superres/{name}.json"], $$"""
            {
              "archive": "{{name}}", "address": "{{archive.Address}}", "bytes": {{archive.Bytes}}, "sha256": "{{archive.Sha256}}",
              "files": [ { "path": "{{archive.Folder}}/0801.png", "bytes": 3 } ]
            }
            """);
    }
}
