using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.EndToEnd;
using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;

namespace SuperRes.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvaluateCommandTests()
    {
        TestImages.Write(_folder["set/HR/a.png"], 40, 33);
        TestImages.Write(_folder["set/HR/b.png"], 36, 36);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_WithoutModels_TablesEveryClassicalMethod()
    {
        var run = await CliRun.RunAsync("evaluate", _folder["set"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("set ×4, 2 images, protocol y\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["nearest", "bilinear", "bicubic", "lanczos", "sharpen"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(line => line.Split(' ')[0]));
        Assert.Contains("[10/10] set x4 b, sharpen: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Json_HasOneResultForEachModelSetAndScale()
    {
        TestImages.Write(_folder["other/c.png"], 48, 48);

        var run = await CliRun.RunAsync(
            "evaluate", _folder["set"], _folder["other"], "-m", "nearest,bicubic", "-s", "2,x3", "--protocol", "rgb", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("rgb", run.Json.GetProperty("protocol").GetProperty("name").GetString());
        var results = run.Json.GetProperty("results").EnumerateArray()
            .Select(result => (result.GetProperty("dataset").GetString(), result.GetProperty("scale").GetInt32(), result.GetProperty("model").GetString()));
        Assert.Equal(
            [("set", 2, "nearest"), ("set", 2, "bicubic"), ("set", 3, "nearest"), ("set", 3, "bicubic"),
            ("other", 2, "nearest"), ("other", 2, "bicubic"), ("other", 3, "nearest"), ("other", 3, "bicubic")],
            results);
    }

    [Fact]
    public async Task Evaluate_OneImage_AgreesWithMetricsOfTheUpscaledFile()
    {
        TestImages.Write(_folder["set/LR_bicubic/X4/ax4.png"], 10, 8);
        await CliRun.RunAsync("upscale", _folder["set/LR_bicubic/X4/ax4.png"], "-o", _folder["sr.png"], "-m", "lanczos");

        var evaluated = await CliRun.RunAsync("evaluate", _folder["set"], "-m", "lanczos", "--images", "a", "--json");
        var measured = await CliRun.RunAsync("metrics", _folder["sr.png"], _folder["set/HR/a.png"], "--json");

        var image = evaluated.Json.GetProperty("results")[0].GetProperty("images")[0];
        var metrics = measured.Json.GetProperty("results")[0];
        Assert.Equal(metrics.GetProperty("psnr").GetDouble(), image.GetProperty("psnr").GetDouble());
        Assert.Equal(metrics.GetProperty("ssim").GetDouble(), image.GetProperty("ssim").GetDouble());
    }

    [Fact]
    public async Task Evaluate_IntoAFolder_WritesEveryFormOfTheReport()
    {
        var first = await CliRun.RunAsync("evaluate", _folder["set"], "-m", "nearest,bicubic", "-o", _folder["report"], "--json", "--figures", "1");
        var again = await CliRun.RunAsync("evaluate", _folder["set"], "-m", "nearest", "-o", _folder["report"]);

        Assert.Equal((ExitCode.Done, ExitCode.WrongUsage), (first.ExitCode, again.ExitCode));
        Assert.Contains("--overwrite", again.Error, StringComparison.Ordinal);
        var files = Directory.GetFiles(_folder.Path + "/report", "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder.Path + "/report", path));
        var figure = first.Json.GetProperty("figures")[0].GetProperty("file").GetString()!;
        Assert.Equal([figure, "report.csv", "report.html", "report.json", "report.md"], files.Order(StringComparer.Ordinal));
        Assert.Equal(first.Output, File.ReadAllText(_folder["report/report.json"]));
    }

    [Fact]
    public async Task Evaluate_IntoAFolderWithAFileOfAReportsName_KeepsIt()
    {
        Directory.CreateDirectory(_folder["notes"]);
        File.WriteAllText(_folder["notes/report.md"], "mine");

        var run = await CliRun.RunAsync("evaluate", _folder["set"], "-m", "nearest", "-o", _folder["notes"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("'report.md'", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder["notes/report.md"]));
    }

    [Fact]
    public async Task Evaluate_IntoAFolderThatTakesNothing_IsRefusedBeforeTheWork()
    {
        using var disk = SmallDisk.TryMount(_folder["closed"], "ro");
        Assert.SkipWhen(disk is null, "Mounting needs root and a kernel that allows it.");

        var run = await CliRun.RunAsync("evaluate", _folder["set"], "-m", "nearest", "-o", _folder["closed"]);

        Assert.Equal((ExitCode.SomeFailed, ""), (run.ExitCode, run.Output));
        Assert.Contains("'" + _folder["closed"] + "' of -o can't be written to", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("[1/", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--json")]
    public async Task Evaluate_WhenTheReportCantBeWritten_StillPrintsWhatWasMeasured(string more)
    {
        Directory.CreateDirectory(_folder["report/report.csv"]);

        var run = await CliRun.RunAsync(["evaluate", _folder["set"], "-m", "nearest", "-o", _folder["report"], more]);

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("The report can't be written", run.Error, StringComparison.Ordinal);
        Assert.Contains("nearest", run.Output, StringComparison.Ordinal);
        Assert.True(more != "--json" || run.Json.GetProperty("results").GetArrayLength() == 1);
    }

    [Fact]
    public async Task Evaluate_ABaselineByItsFile_IsFound()
    {
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 4), seed: 1), _folder["mine.safetensors"]);

        var run = await CliRun.RunAsync("evaluate", _folder["set"], "-m", $"bicubic,{_folder["mine.safetensors"]}", "--baseline", _folder["mine.safetensors"], "-q", "--json");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Equal("espcn-x4", run.Json.GetProperty("comparisons")[0].GetProperty("baseline").GetString());
    }

    [Fact]
    public async Task Evaluate_ATrack_EnlargesItsImages()
    {
        TestImages.Write(_folder["own/HR/a.png"], 64, 48);
        Assert.Equal(ExitCode.Done, (await CliRun.RunAsync("degrade", _folder["own"], "-o", _folder["own"], "-s", "4", "--jpeg", "5", "--noise", "60")).ExitCode);

        var clean = await CliRun.RunAsync("evaluate", _folder["own"], "-m", "bicubic", "--json");
        var noisy = await CliRun.RunAsync("evaluate", _folder["own"], "-m", "bicubic", "--track", "bicubic-noise60-jpeg5", "--json");

        double Psnr(CliRun run) => run.Json.GetProperty("results")[0].GetProperty("psnr").GetDouble();
        Assert.True(Psnr(noisy) < Psnr(clean) - 0.3, $"{Psnr(noisy)} dB with noise, {Psnr(clean)} without");
        Assert.Equal("bicubic-noise60-jpeg5", noisy.Json.GetProperty("results")[0].GetProperty("track").GetString());
        Assert.False(clean.Json.GetProperty("results")[0].TryGetProperty("track", out _));
        Assert.StartsWith("own ×4 bicubic-noise60-jpeg5, 1 image", (await CliRun.RunAsync("evaluate", _folder["own"], "-m", "bicubic", "--track", "bicubic-noise60-jpeg5")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ATrackThatASetLacks_IsRefusedBeforeTheWork()
    {
        TestImages.Write(_folder["own/HR/a.png"], 64, 48);
        TestImages.Write(_folder["own/LR_mild/X4/ax4m.png"], 16, 12);

        var run = await CliRun.RunAsync("evaluate", _folder["own"], "-m", "nearest", "-s", "2,4", "--track", "mild", "-o", _folder["new"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("own has no low-resolution images of the track 'mild' for x2; it has mild x4.", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["new"]));
    }

    [Fact]
    public async Task Evaluate_ANetwork_SaysInTheReportWhichWeightsItHad()
    {
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 4), seed: 1), _folder["mine.safetensors"]);

        var run = await CliRun.RunAsync("evaluate", _folder["set"], "-m", $"bicubic,{_folder["mine.safetensors"]}", "-q", "--json", "-o", _folder["report"]);

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_folder["mine.safetensors"])));
        var results = run.Json.GetProperty("results");
        Assert.False(results[0].TryGetProperty("weightsHash", out _));
        Assert.Equal(hash, results[1].GetProperty("weightsHash").GetString());
        Assert.Contains($"SHA-256 of espcn-x4: {hash}", File.ReadAllText(_folder["report/report.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_AnImageWhoseNameHasControlCharacters_ShowsNoneOfThem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File names have none there.");
        TestImages.Write(_folder["odd/\u001b[31mred\u009b\u202egnp.png"], 40, 32);

        var run = await CliRun.RunAsync("evaluate", _folder["odd"], "-m", "nearest");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("?[31mred??gnp, nearest", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Error + run.Output, letter => letter is '\u001b' or '\u009b' or '\u202e');
    }

    [Fact]
    public async Task Evaluate_FilesWhoseNamesDifferInCaseOnly_AreTwoModels()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "File names have no case here.");
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 4), seed: 1), _folder["a.safetensors"]);
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 4), seed: 2), _folder["A.safetensors"]);

        var run = await CliRun.RunAsync("evaluate", _folder["set"], "-m", $"{_folder["a.safetensors"]},{_folder["A.safetensors"]}", "-q", "--json");

        Assert.Equal(2, run.Json.GetProperty("results").GetArrayLength());
    }

    [Theory]
    [InlineData("-m", "bicubci")]
    [InlineData("--baseline", "x")]
    public async Task Evaluate_WrongModels_LeavesNoFolder(string option, string value)
    {
        var run = await CliRun.RunAsync("evaluate", _folder["set"], option, value, "-o", _folder["new"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.False(Directory.Exists(_folder["new"]));
    }

    [Fact]
    public async Task Evaluate_SomeImagesBad_MeasuresTheOthersAndListsTheBadOnes()
    {
        File.WriteAllText(_folder["set/HR/bad.png"], "text");

        var run = await CliRun.RunAsync("evaluate", _folder["set"], "-m", "bicubic", "-q", "--json");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Equal(2, run.Json.GetProperty("results")[0].GetProperty("images").GetArrayLength());
        Assert.StartsWith("superres: set x4 bad, bicubic: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n'));
    }

    [Theory]
    [InlineData("Did you mean 'bicubic'?", "SET", "-m", "bicubci")]
    [InlineData("There is no protocol 'yy'", "SET", "--protocol", "yy")]
    [InlineData("'1' is no scale to evaluate at", "SET", "-s", "2,1")]
    [InlineData("'2.5' is no scale to evaluate at", "SET", "-s", "2.5")]
    [InlineData("The baseline 'x' is none of the models", "SET", "--baseline", "x")]
    [InlineData("does not exist", "absent")]
    [InlineData("Required argument 'DATA' missing")]
    public async Task Evaluate_WrongArguments_SaysWhatIsWrong(string message, params string[] arguments)
    {
        var run = await CliRun.RunAsync(["evaluate", .. arguments.Select(argument => argument == "SET" ? _folder["set"] : argument)]);

        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Cancelled_ReturnsInterrupted()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var run = await CliRun.RunAsync([], cancelled.Token, "evaluate", _folder["set"], "--json");

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Equal(JsonValueKind.String, run.Json.GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task Evaluate_WithMoreThanNames_SaysInTheReportHowItWasRun()
    {
        TestImages.Write(_folder["set/HR/a.png"], 40, 32);
        TestImages.Write(_folder["set/LR_bicubic/X2/ax2.png"], 20, 16);
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 2), seed: 1, "small"), _folder["mine.safetensors"]);

        var run = await CliRun.RunAsync("evaluate", _folder["set"], "-m", $"bicubic,{_folder["mine.safetensors"]}", "-s", "2", "--ensemble", "-t", "64", "--json");

        Assert.Equal(
            [
                $"small is '{_folder["mine.safetensors"]}'.",
                "Networks' results are means over the eight flips and quarter turns (self-ensemble).",
                "Networks worked in tiles of 64 x 64 pixels.",
                "set x2: the set's own low-resolution images were enlarged.",
            ],
            run.Json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
    }
}
