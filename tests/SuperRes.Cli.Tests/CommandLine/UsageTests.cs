using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.CommandLine;

public sealed class UsageTests
{
    [Fact]
    public async Task Run_MistypedCommand_NamesTheNearestAndReturnsWrongUsage()
    {
        var run = await CliRun.RunAsync("upscal", "a.png");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("'upscal' is not a command. Did you mean 'upscale'?", run.Error, StringComparison.Ordinal);
        Assert.Contains("See: superres --help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MistypedOption_NamesTheNearestAndReturnsWrongUsage()
    {
        var run = await CliRun.RunAsync("upscale", "--jsno", "a.png");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("'--jsno' is not an option of 'superres upscale'. Did you mean '--json'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoArguments_NamesTheCommandsAndReturnsWrongUsage()
    {
        var run = await CliRun.RunAsync();

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("upscale", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("upscale", "--help")]
    [InlineData("--version")]
    public async Task Run_HelpOrVersion_GoesToStandardOutput(params string[] arguments)
    {
        var run = await CliRun.RunAsync(arguments);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.NotEmpty(run.Output);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("up", "upscale")]
    [InlineData("superres upscale -m bic", "bicubic")]
    [InlineData("upscale --ou", "--output")]
    [InlineData("upscale -f we", "webp")]
    public async Task Run_Suggest_CompletesTheWord(string line, string expected)
    {
        var run = await CliRun.RunAsync($"[suggest:{line.Length}]", line);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }
}
