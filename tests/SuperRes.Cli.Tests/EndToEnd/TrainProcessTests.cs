using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.Commands;

namespace SuperRes.Cli.Tests.EndToEnd;

/// <summary>Training as a process that is killed and interrupted.</summary>
public sealed class TrainProcessTests : IDisposable
{
    private const long Steps = 240;

    private readonly TemporaryFolder _folder = new();
    private readonly TinyRun _tiny;

    public TrainProcessTests() => _tiny = new TinyRun(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_KilledAtRandomMoments_EndsOnTheSameBits()
    {
        var recipe = _tiny.Recipe(Steps);
        Assert.Equal(0, (await CliRun.RunAsync("train", recipe, "--run", _tiny.Run("whole"))).ExitCode);

        // Another seed each time on purpose: over many runs of the tests, the kills fall on every part of a step.
        var kills = 0;
        for (var i = 0; i < 5; i++)
        {
            using var process = CliProcess.Start("train", recipe, "--run", _tiny.Run("killed"), "--resume");
            await process.FirstLineAsync();
            await Task.Delay(Random.Shared.Next(10, 400), TestContext.Current.CancellationToken);
            kills += process.Kill() ? 1 : 0;
        }

        var end = await CliProcess.RunAsync(null, "train", recipe, "--run", _tiny.Run("killed"), "--resume");

        Assert.Equal(0, end.ExitCode);
        Assert.True(kills > 0, "every process was done before it was killed");
        foreach (var file in new[] { "final.safetensors", "best.safetensors", "validation.jsonl", $"checkpoints/step-{Steps:D10}.ckpt", $"samples/step-{Steps:D10}/0.png" })
        {
            Assert.True(File.ReadAllBytes(_folder[$"runs/whole/{file}"]).SequenceEqual(File.ReadAllBytes(_folder[$"runs/killed/{file}"])), $"'{file}' differs after {kills} kills");
        }
    }

    [Fact]
    public async Task Train_Interrupted_SavesACheckpointAndReturns130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX signals.");
        var recipe = _tiny.Recipe(steps: 1_000_000, more: "\"seed\": 3,");
        using var process = CliProcess.Start("train", recipe, "--run", _tiny.Run("a"), "--set", "checkpoints.every=1000000", "--set", "validation.every=1000000");
        await process.FirstLineAsync();
        process.Interrupt();
        var run = await process.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Single(Directory.GetFiles(Path.Combine(_tiny.Run("a"), "checkpoints"), "*.ckpt"));
        var listed = (await CliRun.RunAsync("runs", "list", _tiny.Run("a"), "--json")).Json.GetProperty("runs")[0];
        Assert.Equal("stopped", listed.GetProperty("state").GetString());
        Assert.True(listed.GetProperty("step").GetInt64() > 0);
    }
}
