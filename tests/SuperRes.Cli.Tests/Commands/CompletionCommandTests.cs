using System.Diagnostics;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_Script_IsOneThatTheShellAccepts(string shell)
    {
        var run = await CliRun.RunAsync("completion", shell);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.SkipUnless(File.Exists($"/usr/bin/{shell}"), $"{shell} is not installed.");
        using var check = Process.Start(new ProcessStartInfo(shell, "-n") { RedirectStandardInput = true, RedirectStandardError = true })!;
        await check.StandardInput.WriteAsync(run.Output);
        check.StandardInput.Close();
        Assert.Equal("", await check.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Completion_UnknownShell_NamesTheKnownOnes()
    {
        var run = await CliRun.RunAsync("completion", "tcsh");

        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains("Known: bash, zsh, fish.", run.Error, StringComparison.Ordinal);
    }
}
