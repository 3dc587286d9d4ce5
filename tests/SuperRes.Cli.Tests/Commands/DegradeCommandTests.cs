using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

public sealed class DegradeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2,x4")]
    [InlineData("2, 4, 2")]
    public async Task Degrade_ToSeveralScales_WritesAFolderForEach(string scales)
    {
        TestImages.Write(_folder["set/HR/a.png"], 21, 14);

        var run = await CliRun.RunAsync("degrade", _folder["set"], "-o", _folder["out"], "-s", scales);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal((10, 7), TestImages.SizeOf(_folder["out/LR_bicubic/X2/ax2.png"]));
        Assert.Equal((5, 3), TestImages.SizeOf(_folder["out/LR_bicubic/X4/ax4.png"]));
        Assert.Equal(3, _folder.Files.Count);
    }

    [Fact]
    public async Task Degrade_OverImagesThatAreThere_CountsThem()
    {
        TestImages.Write(_folder["set/HR/a.png"], 21, 14);
        var first = await CliRun.RunAsync("degrade", _folder["set"], "-o", _folder["out"], "-s", "2");
        TestImages.Write(_folder["set/HR/b.png"], 21, 14);

        var again = await CliRun.RunAsync("degrade", _folder["set"], "-o", _folder["out"], "-s", "2");

        Assert.Contains($"1 image in '{_folder["out/LR_bicubic/X2"]}'\n", first.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"2 images in '{_folder["out/LR_bicubic/X2"]}', 1 of them replaced\n", again.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Degrade_AsJson_ListsImagesAndFailures()
    {
        TestImages.Write(_folder["set/a.png"], 21, 14);
        TestImages.Write(_folder["set/tiny.png"], 3, 3);

        var run = await CliRun.RunAsync("degrade", _folder["set"], "-o", _folder["out"], "-s", "4", "--json");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        var image = Assert.Single(run.Json.GetProperty("images").EnumerateArray());
        Assert.Equal((4, 5, 3), (image.GetProperty("scale").GetInt32(), image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()));
        Assert.Contains("too small for x4", run.Json.GetProperty("failures")[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("too small for x4", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.5")]
    [InlineData("4,")]
    [InlineData("four")]
    public async Task Degrade_ToNoScale_IsWrongUsage(string scale)
    {
        TestImages.Write(_folder["a.png"], 21, 14);

        var run = await CliRun.RunAsync("degrade", _folder["a.png"], "-o", _folder["out"], "-s", scale);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("is no scale to degrade by", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Degrade_WithoutScale_SaysThatItIsNeeded()
    {
        var run = await CliRun.RunAsync("degrade", _folder["a.png"], "-o", _folder["out"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("--scale", run.Error, StringComparison.Ordinal);
    }
}
