using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

public sealed class ModelsCommandTests
{
    [Fact]
    public async Task List_HasEveryNameOfTheCatalogue()
    {
        var json = (await CliRun.RunAsync("models", "list", "--json")).Json;
        var models = json.GetProperty("models").EnumerateArray().ToDictionary(model => model.GetProperty("model").GetString()!);
        Assert.Equal(58, models.Count);
        Assert.Equal(1_517_571, models["edsr-x4"].GetProperty("parameters").GetInt64());
        Assert.Equal(1_983_168, models["edsr-x4"].GetProperty("macsPerPixel").GetDouble());
        Assert.Equal(36, models["edsr-x4"].GetProperty("receptiveField").GetInt32());
        Assert.True(models["edsr-cbam-x4"].GetProperty("seesWholeImage").GetBoolean());

        var text = await CliRun.RunAsync("models", "list");
        Assert.Equal((ExitCode.Done, ""), (text.ExitCode, text.Error));
        Assert.Equal(59, text.Output.TrimEnd().Split('\n').Length);
        Assert.Matches(@"\nespcn-x4 +37,200 +37,056  4 px each way\n", text.Output);
    }

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
    public async Task Show_OfTheVisionTransformer_TakesItsWindow()
    {
        var run = await CliRun.RunAsync("models", "show", "vit-x2");
        Assert.Contains("48x48 only", run.Output, StringComparison.Ordinal);
        var other = await CliRun.RunAsync("models", "show", "vit-x2", "--size", "50x48");
        Assert.Equal((ExitCode.WrongUsage, ""), (other.ExitCode, other.Output));
        Assert.Contains("takes inputs of 48x48 only, got 50x48", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean 'edsr-x4'?", "show", "edrs-x4")]
    [InlineData("'320' is no size", "show", "edsr-x4", "--size", "320")]
    [InlineData("'0x5' is no size", "show", "edsr-x4", "--size", "0x5")]
    [InlineData("Did you mean 'show'?", "shwo", "edsr-x4")]
    public async Task Models_WithAWrongWord_SaysWhatIsRight(string expected, params string[] arguments)
    {
        var run = await CliRun.RunAsync(["models", .. arguments]);
        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
