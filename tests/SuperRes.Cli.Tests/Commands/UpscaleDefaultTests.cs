using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

/// <summary>Which method is used where the user names none. The models are those that ship, in the folder beside the program.</summary>
public sealed class UpscaleDefaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("edsr-x4")]
    [InlineData("edsr-x4", "-s", "3")]
    [InlineData("edsr-x4", "--width", "40")]
    [InlineData("edsr-x2", "-s", "2")]
    [InlineData("edsr-x2", "-s", "1.5")]
    [InlineData("edsr-x2", "--width", "20")]
    [InlineData("edsr-x8", "-s", "5")]
    [InlineData("edsr-x8", "-s", "8")]
    [InlineData("bicubic", "-s", "9")]
    [InlineData("bicubic", "--width", "120")]
    [InlineData("bicubic", "--width", "6")]
    public async Task Upscale_WithoutMethod_TakesTheShippedModelThatReaches(string expected, params string[] size)
    {
        var run = await CliRun.RunAsync(["upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.png"], "--json", .. size]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(expected, run.Json.GetProperty("images")[0].GetProperty("model").GetString());
    }

    [Fact]
    public async Task Upscale_ToOneWidth_ChoosesForEachImage()
    {
        string[] inputs = [TestImages.Write(_folder["a.png"], 12, 8), TestImages.Write(_folder["b.png"], 2, 2)];

        var run = await CliRun.RunAsync(["upscale", .. inputs, "-o", _folder["out/"], "--json", "--width", "20"]);

        Assert.Equal(["edsr-x2", "bicubic"], run.Json.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task Upscale_WithMethod_RefusesWhatItCannotMake()
    {
        var run = await CliRun.RunAsync("upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.png"], "-m", "espcn-x2", "--width", "120");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("espcn-x2 enlarges at most 2 times", run.Error, StringComparison.Ordinal);
        Assert.Equal(["in.png"], _folder.Files);
    }
}
