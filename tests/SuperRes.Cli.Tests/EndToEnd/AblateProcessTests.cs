using System.Text.Json.Nodes;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.Commands;

namespace SuperRes.Cli.Tests.EndToEnd;

/// <summary>Experiments as processes that are killed, and that share a folder.</summary>
public sealed class AblateProcessTests : IDisposable
{
    private const int Kills = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly TinyAblation _tiny;

    public AblateProcessTests() => _tiny = new TinyAblation(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ablate_KilledAtRandomMoments_ReportsTheSame()
    {
        var experiment = _tiny.Experiment(steps: 120);
        Assert.Equal(0, (await CliRun.RunAsync("ablate", experiment, "--run", _tiny.Run("whole"))).ExitCode);

        // Other moments each time on purpose: over many runs of the tests, the kills fall on every part of the work.
        var killed = 0;
        for (var i = 0; i < Kills; i++)
        {
            using var process = CliProcess.Start("ablate", experiment, "--run", _tiny.Run("killed"));
            await process.FirstLineAsync();
            await Task.Delay(Random.Shared.Next(0, 500), TestContext.Current.CancellationToken);
            killed += process.Kill() ? 1 : 0;
        }

        var end = await CliProcess.RunAsync(null, "ablate", experiment, "--run", _tiny.Run("killed"));

        Assert.Equal(0, end.ExitCode);
        Assert.True(killed > Kills / 4, $"only {killed} processes were killed before they were done");
        AssertSameReport("whole", "killed", $"after {killed} kills");
    }

    [Fact]
    public async Task Ablate_TwoProcessesInOneFolder_FinishItOnce()
    {
        var experiment = _tiny.Experiment(steps: 40);
        Assert.Equal(0, (await CliRun.RunAsync("ablate", experiment, "--run", _tiny.Run("whole"))).ExitCode);

        var both = await Task.WhenAll(
            CliProcess.RunAsync(null, "ablate", experiment, "--run", _tiny.Run("shared")),
            CliProcess.RunAsync(null, "ablate", experiment, "--run", _tiny.Run("shared")));

        Assert.All(both, run => Assert.Equal(0, run.ExitCode));
        var started = both.SelectMany(run => run.Error.Split('\n')).Where(line => line.StartsWith("started ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, started.Length);
        Assert.Equal(4, started.Distinct().Count());
        AssertSameReport("whole", "shared", "by two processes");
    }

    [Fact]
    public async Task Ablate_Interrupted_SaysHowToGoOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX signals.");
        Assert.SkipWhen(ProcessTests.IgnoresInterrupts(), "The tests were started with SIGINT ignored, and the command inherits that.");
        var experiment = _tiny.Experiment(steps: 1_000_000);
        string[] command = ["ablate", experiment, "--run", _tiny.Run("a"), "--set", "seeds=[1, 2]"];
        Assert.Equal(0, (await CliRun.RunAsync([.. command, "--plan"])).ExitCode);
        using var process = CliProcess.Start(command);
        await process.FirstLineAsync();
        process.Interrupt();
        var run = await process.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Contains($"0 of 4 runs done; those that were begun keep their checkpoints. Go on with: superres ablate {experiment} --run {_tiny.Run("a")} --set 'seeds=[1, 2]'\n", run.Error, StringComparison.Ordinal);
    }

    /// <summary>All but the times, which are measured.</summary>
    private void AssertSameReport(string whole, string other, string how)
    {
        Assert.Equal(Untimed(whole), Untimed(other));
        Assert.Equal(File.ReadAllText(Path.Combine(_tiny.Run(whole), "report.csv")), File.ReadAllText(Path.Combine(_tiny.Run(other), "report.csv")));
        string[] pictures = [.. Directory.EnumerateFiles(Path.Combine(_tiny.Run(whole), "figures")).Select(path => Path.GetFileName(path))];
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.True(
            File.ReadAllBytes(Path.Combine(_tiny.Run(whole), "figures", picture)).SequenceEqual(File.ReadAllBytes(Path.Combine(_tiny.Run(other), "figures", picture))), $"{picture} differs {how}"));
    }

    private string Untimed(string run)
    {
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(_tiny.Run(run), "report.json")))!.AsObject();
        Assert.Equal(4, report["times"]!.AsArray().Count);
        report.Remove("times");
        return report.ToJsonString();
    }
}
