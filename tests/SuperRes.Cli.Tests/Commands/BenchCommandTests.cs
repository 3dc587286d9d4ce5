using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task Bench_WithJson_PrintsWhatWasMeasured()
    {
        var run = await CliRun.RunAsync("bench", "-m", "espcn-x8", "--size", "24x16", "--threads", "1", "--json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("espcn-x8", run.Json.GetProperty("model").GetString());
        Assert.Equal((24, 16, 1), (run.Json.GetProperty("width").GetInt32(), run.Json.GetProperty("height").GetInt32(), run.Json.GetProperty("threads").GetInt32()));
        Assert.All(["ms", "gflops", "peakMB"], name => Assert.True(run.Json.GetProperty(name).GetDouble() > 0, name));
        Assert.Contains("random", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_OfANetworkOfOneSize_TakesThatSize()
    {
        var run = await CliRun.RunAsync("bench", "-m", "vit-x4", "--json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal((48, 48), (run.Json.GetProperty("width").GetInt32(), run.Json.GetProperty("height").GetInt32()));
    }

    [Fact]
    public async Task Bench_OfASizeThatNoImageHas_IsWrongUsage()
    {
        var run = await CliRun.RunAsync("bench", "-m", "espcn-x4", "--size", "1000000x1000000");
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("Give a smaller --size", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_OfAnUnknownModel_NamesTheNearest()
    {
        var run = await CliRun.RunAsync("bench", "-m", "edrs-x4");
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("Did you mean 'edsr-x4'?", run.Error, StringComparison.Ordinal);
    }
}
