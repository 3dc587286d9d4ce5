using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.EndToEnd;
using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;

namespace SuperRes.Cli.Tests.Commands;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_HasEveryNameOfTheCatalogue()
    {
        var json = (await CliRun.RunAsync("models", "list", "--json")).Json;
        var models = json.GetProperty("models").EnumerateArray().ToDictionary(model => model.GetProperty("model").GetString()!);
        Assert.Equal(60, models.Count); // photo-x2 and photo-x4 are none of the catalogue's names
        Assert.Equal(1_517_571, models["edsr-x4"].GetProperty("parameters").GetInt64());
        Assert.Equal(1_983_168, models["edsr-x4"].GetProperty("macsPerPixel").GetDouble());
        Assert.Equal(36, models["edsr-x4"].GetProperty("receptiveField").GetInt32());
        Assert.True(models["edsr-cbam-x4"].GetProperty("seesWholeImage").GetBoolean());

        var text = await CliRun.RunAsync("models", "list");
        Assert.Equal((ExitCode.Done, ""), (text.ExitCode, text.Error));
        Assert.Equal(61, text.Output.TrimEnd().Split('\n').Length);
        Assert.Matches(@"\nespcn-x4 +37,200 +37,056  (none|here)     4 px each way\n", text.Output);
    }

    [Fact]
    public async Task List_OfAFileWithAnotherNetworkThanItsNameSays_HasNoSummaryOfThat()
    {
        // srgan-x4 as it ships is an EDSR trained against SRGAN's discriminator.
        var models = (await CliRun.RunAsync("models", "list", "--json")).Json.GetProperty("models").EnumerateArray().ToDictionary(model => model.GetProperty("model").GetString()!);

        Assert.Equal(models["srgan-x4"].GetProperty("hasWeights").GetBoolean(), models["srgan-x4"].GetProperty("summary").ValueKind == JsonValueKind.Null);
        Assert.Equal(JsonValueKind.String, models["edsr-x4"].GetProperty("summary").ValueKind);
    }

    [Fact]
    public async Task Show_OfTextThatIsNone_SaysSo()
    {
        File.WriteAllText(_folder["options.json"], """{"architecture":"\ud800","scale":4}""");

        var run = await CliRun.RunAsync("models", "show", _folder["options.json"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("is no valid Unicode", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OfAModelThroughAPipe_ReadsIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdin on Windows.");

        // Small enough for what any pipe holds: the weights are not read.
        ModelFile.Save(Model.Initialize(new EdsrOptions(Scale: 2) { Blocks = 1, Features = 4 }, seed: 1), _folder["x.safetensors"], WeightPrecision.Float16);
        var run = await CliProcess.RunAsync(File.ReadAllBytes(_folder["x.safetensors"]), "models", "show", "/dev/stdin");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
    }

    [Fact]
    public async Task Show_OfADamagedFileInALongFolder_NamesTheFile()
    {
        var path = _folder[$"{new string('a', 100)}/final.safetensors"];
        File.WriteAllBytes(path, [255, 255, 255, 255, 255, 255, 255, 255]);

        Assert.Contains($"'{path}' claims a header", (await CliRun.RunAsync("models", "show", path)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OfASizeThatNoImageHas_IsRefused() =>
        Assert.Contains("each at most 1048576", (await CliRun.RunAsync("models", "show", "espcn-x4", "--size", "9x100000000")).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Show_OfAName_GivesNumbersAndLayers()
    {
        var run = await CliRun.RunAsync("models", "show", "espcn-x4", "--size", "960x540");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("parameters       37,200\n", run.Output, StringComparison.Ordinal);
        // 37,056 products at 960 * 540 pixels.
        Assert.Contains("19.2 G at 960x540", run.Output, StringComparison.Ordinal);
        Assert.Contains("conv3.pixelshuffle  PixelShuffle x4  3x2160x3840", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_AsJson_ListsTheLayers()
    {
        var json = (await CliRun.RunAsync("models", "show", "lapsrn-x8", "--size", "6x5", "--json")).Json;
        Assert.Equal(["y", "x2", "x4"], json.GetProperty("outputs").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("lapsrn", json.GetProperty("options").GetProperty("architecture").GetString());
        var last = json.GetProperty("layers").EnumerateArray().Last();
        Assert.Equal((40, 48), (last.GetProperty("height").GetInt32(), last.GetProperty("width").GetInt32()));
    }

    [Fact]
    public async Task Show_OfEdsr_TellsThatTheEngineNeedsLessThanLayerByLayer()
    {
        var json = (await CliRun.RunAsync("models", "show", "edsr-x4", "--size", "320x180", "--json")).Json;
        // Layer by layer, the last shuffle holds its 256 channels of 640x360 and the same values as 64 channels of 1280x720.
        Assert.Equal(2L * 64 * 1280 * 720 * 4, json.GetProperty("plainActivationBytes").GetInt64());
        Assert.InRange(json.GetProperty("engineActivationBytes").GetInt64(), 64L * 320 * 180 * 4, 64L * 1280 * 720 * 4);
    }

    [Fact]
    public async Task Show_OfTheVisionTransformer_TakesItsWindow()
    {
        var run = await CliRun.RunAsync("models", "show", "vit-x2");
        Assert.Contains("48x48 only", run.Output, StringComparison.Ordinal);
        var other = await CliRun.RunAsync("models", "show", "vit-x2", "--size", "50x48");
        Assert.Equal((ExitCode.WrongUsage, ""), (other.ExitCode, other.Output));
        Assert.Contains("takes inputs of 48x48 only, got 50x48", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_OfAName_WritesAModelThatShowReads()
    {
        var file = _folder["sub/mine.safetensors"];
        var run = await CliRun.RunAsync("models", "init", "espcn-cbam-x2", "--seed", "7", "-o", file, "--json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(file, run.Json.GetProperty("path").GetString());

        var again = _folder["again.safetensors"];
        var text = await CliRun.RunAsync("models", "init", "espcn-cbam-x2", "--seed", "7", "-o", again);
        Assert.Equal((ExitCode.Done, ""), (text.ExitCode, text.Output));
        Assert.Contains("random weights of seed 7", text.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(again));

        var shown = await CliRun.RunAsync("models", "show", file);
        Assert.StartsWith("espcn-cbam-x2\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("weights          random, of seed 7\n", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_OfAnOptionsFile_WritesThatNetwork()
    {
        File.WriteAllText(_folder["narrow.json"], """{ "architecture": "edsr", "scale": 3, "features": 32 } // half as wide""");
        var run = await CliRun.RunAsync("models", "init", _folder["narrow.json"], "-o", _folder["narrow.safetensors"], "--json");
        // 3 to 32, 33 of 32 to 32, 32 to 288, 32 to 3, with biases.
        Assert.Equal((28 * 32) + (33 * 289 * 32) + (289 * 288) + (289 * 3), run.Json.GetProperty("parameters").GetInt32());
    }

    [Theory]
    [InlineData("{ \"architecture\": \"edsr\", \"blocs\": 3 }", "did you mean 'blocks'?")]
    [InlineData("{ \"architecture\": \"edsr\",\n\"blocks\": }", "faulty.json', line 2, column 11: '}' is an invalid start of a value.")]
    [InlineData("{ \"architecture\": \"edsr\", \"blocks\": 0, \"features\": 0 }", "blocks is 0, expected 1 to 256; features is 0")]
    public async Task Init_OfAFaultyOptionsFile_SaysEveryFault(string options, string expected)
    {
        File.WriteAllText(_folder["faulty.json"], options);
        var run = await CliRun.RunAsync("models", "init", _folder["faulty.json"], "-o", _folder["faulty.safetensors"]);
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(["faulty.json"], _folder.Files);
    }

    [Fact]
    public async Task Init_IntoAFolderThatIsNotThere_SaysSoAndWritesNothing()
    {
        var run = await CliRun.RunAsync("models", "init", "espcn-x2", "-o", Path.Combine(_folder.Path, "absent", "x.safetensors"));
        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("can't be written", run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("Did you mean 'edsr-x4'?", "show", "edrs-x4")]
    [InlineData("'320' is no size", "show", "edsr-x4", "--size", "320")]
    [InlineData("'0x5' is no size", "show", "edsr-x4", "--size", "0x5")]
    [InlineData("Did you mean 'show'?", "shwo", "edsr-x4")]
    [InlineData("There is no model file 'no/such.safetensors'", "show", "no/such.safetensors")]
    [InlineData("--output", "init", "edsr-x4")]
    [InlineData("'-1'", "init", "edsr-x4", "--seed", "-1", "-o", "x")]
    public async Task Models_WithAWrongWord_SaysWhatIsRight(string expected, params string[] arguments)
    {
        var run = await CliRun.RunAsync(["models", .. arguments]);
        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
