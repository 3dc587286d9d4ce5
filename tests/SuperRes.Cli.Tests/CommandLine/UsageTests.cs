using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands;

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

    [Theory]
    [InlineData("'b.json' is more than 'superres ablate' takes.", "ablate", "a.json", "b.json")]
    [InlineData("'0/2' is no part", "ablate", "a.json", "--shard", "0/2")]
    [InlineData("'--width' takes a whole number, and '1,000' is none.", "upscale", "a.png", "--width", "1,000")]
    [InlineData("'superres runs' needs a command: list, show, compare.", "runs")]
    public async Task Run_ACommandWithOthersBelowIt_SaysWhatIsWrong(string expected, params string[] arguments)
    {
        var run = await CliRun.RunAsync(arguments);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
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

    public static TheoryData<string> Commands => new(Names(Root.Create(), ""));

    /// <summary>Records and lists print as C# where somebody forgot to say how.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEachCommand_IsWordsForPeople(string command)
    {
        var run = await CliRun.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.DoesNotMatch(@"\{ |System\.|`\d|\[default: \]", run.Output);
    }

    private static IEnumerable<string> Names(Command command, string name) =>
        command.Subcommands.Where(child => !child.Hidden).SelectMany(child => Names(child, $"{name} {child.Name}")).Prepend(name);

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
