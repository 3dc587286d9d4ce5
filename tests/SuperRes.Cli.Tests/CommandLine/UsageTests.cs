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
    [InlineData("'--seed' takes a whole number from 0 to 18446744073709551615, and '-1' is outside of that.", "models", "init", "espcn-x2", "-o", "a.safetensors", "--seed=-1")]
    [InlineData("'f8' is no precision. Known: float32, tf32, bf16.", "train", "a.json", "--precision", "f8")]
    public async Task Run_ACommandWithOthersBelowIt_SaysWhatIsWrong(string expected, params string[] arguments)
    {
        var run = await CliRun.RunAsync(arguments);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RECIPE", "train", "")]
    [InlineData("--run", "train", "a.json", "--run", "")]
    [InlineData("EXPERIMENT", "ablate", "")]
    [InlineData("DATA", "evaluate", "")]
    [InlineData("--output", "evaluate", "Set5", "-o", "")]
    [InlineData("--model", "evaluate", "Set5", "-m", "")]
    [InlineData("IMAGE", "metrics", "", "b.png")]
    [InlineData("INPUT", "degrade", "", "-o", "out", "-s", "2")]
    [InlineData("INPUT", "data", "prepare", "a", "", "-o", "out")]
    [InlineData("DIR", "data", "check", "")]
    [InlineData("NAME", "data", "get", "")]
    [InlineData("--onnx", "models", "export", "espcn-x2", "--onnx", "")]
    [InlineData("--output", "models", "init", "espcn-x2", "-o", "")]
    [InlineData("--model", "studio", "-m", "")]
    [InlineData("--data", "studio", "--data", "")]
    [InlineData("INPUT", "upscale", "", "--suffix", "")]
    public async Task Run_AnEmptyValue_IsRefusedByName(string name, params string[] arguments)
    {
        var run = await CliRun.RunAsync(arguments);

        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"superres: {name} is empty. Is a variable of the shell not set?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AFileCalledLikeAnOption_IsToldTheWayOut()
    {
        // As it is typed, it lies where the command runs.
        var name = $"-xyz-{Guid.NewGuid():N}.png";
        TestImages.Write(Path.Combine(".", name));
        try
        {
            var run = await CliRun.RunAsync("upscale", name, "-o", "out.png");

            Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
            Assert.Contains($"after '--': superres upscale … -- {name}", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(name);
        }
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
