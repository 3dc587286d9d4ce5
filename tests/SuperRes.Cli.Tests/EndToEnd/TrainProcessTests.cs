using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.Commands;

namespace SuperRes.Cli.Tests.EndToEnd;

/// <summary>Training as a process that is killed and interrupted.</summary>
public sealed class TrainProcessTests : IDisposable
{
    private const long Steps = 800;

    private const string Adversarial = """
        "adversarial": {
          "pretraining": 400, "optimizer": { "learningRate": { "initial": 1e-3, "kind": "cosine" }, "averageDecay": 0.9 },
          "discriminator": { "features": 4, "denseUnits": 8 }
        },
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly TinyRun _tiny;

    public TrainProcessTests() => _tiny = new TinyRun(_folder);

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds => ["espcn", "srgan"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Train_KilledAtTwentyRandomMoments_StaysOnTheSameBits(string kind)
    {
        var recipe = kind == "srgan" ? _tiny.Recipe(Steps, Adversarial, "srresnet") : _tiny.Recipe(Steps);
        string[] sizes = kind == "srgan" ? ["--set", "network.blocks=1", "--set", "network.features=16"] : [];
        string[] Arguments(string run) => ["train", recipe, "--run", _tiny.Run(run), "--resume", .. sizes, "--set", "checkpoints.every=20", "--set", "checkpoints.keep=1000", "--set", "validation.every=400"];
        Assert.Equal(0, (await CliRun.RunAsync(Arguments("whole"))).ExitCode);

        // Another seed each time on purpose: over many runs of the tests, the kills fall on every part of a step.
        var (run, kills) = (0, 0);
        while (kills < 20)
        {
            using var process = CliProcess.Start(Arguments($"killed-{run}"));
            await process.FirstLineAsync();
            await Task.Delay(Random.Shared.Next(5, 200), TestContext.Current.CancellationToken);
            if (process.Kill())
            {
                kills++;
                AssertSameCheckpoints($"killed-{run}", kills);
            }
            else
            {
                // It had come to its end; the next kills are for another run.
                AssertSame($"killed-{run++}", kills);
            }
        }

        Assert.Equal(0, (await CliProcess.RunAsync(null, Arguments($"killed-{run}"))).ExitCode);
        AssertSame($"killed-{run}", kills);
    }

    /// <summary>Every checkpoint that a killed run left is that of the run that was never stopped.</summary>
    private void AssertSameCheckpoints(string run, int kills)
    {
        var folder = Path.Combine(_tiny.Run(run), "checkpoints");
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.ckpt") : [])
        {
            AssertSameFile(run, $"checkpoints/{Path.GetFileName(file)}", kills);
        }
    }

    private void AssertSame(string run, int kills)
    {
        string[] files = ["final.safetensors", "best.safetensors", "validation.jsonl", $"checkpoints/step-{Steps:D10}.ckpt", $"samples/step-{Steps:D10}/0.png"];
        foreach (var file in files.Concat(File.Exists(_folder["runs/whole/pretrained.safetensors"]) ? ["pretrained.safetensors"] : []))
        {
            AssertSameFile(run, file, kills);
        }
    }

    private void AssertSameFile(string run, string file, int kills) =>
        Assert.True(File.ReadAllBytes(_folder[$"runs/whole/{file}"]).SequenceEqual(File.ReadAllBytes(_folder[$"runs/{run}/{file}"])), $"'{file}' differs after {kills} kills");

    [Fact]
    public async Task Train_OnADiskThatFillsUp_SaysSoAndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.TryMount(_folder["disk"], "size=2500k");
        Assert.SkipWhen(disk is null, "Mounting a small tmpfs needs root and a kernel that allows it.");
        var recipe = _tiny.Recipe(60);
        var full = await CliProcess.RunAsync(null, "train", recipe, "--run", _folder["disk/run"], "--set", "checkpoints.keep=1000");

        Assert.Equal(ExitCode.SomeFailed, full.ExitCode);
        Assert.Contains("can't be recorded", full.Error, StringComparison.Ordinal);
        Assert.Contains("The last good checkpoint is of step ", full.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Error, StringComparison.Ordinal);

        // Moved to where there is room, it ends on the bits of a run that had it from the start.
        CopyFolder(_folder["disk/run"], _tiny.Run("moved"));
        Assert.Equal(0, (await CliRun.RunAsync("train", recipe, "--run", _tiny.Run("moved"), "--resume")).ExitCode);
        Assert.Equal(0, (await CliRun.RunAsync("train", recipe, "--run", _tiny.Run("whole"))).ExitCode);
        Assert.True(File.ReadAllBytes(_folder["runs/whole/final.safetensors"]).SequenceEqual(File.ReadAllBytes(_folder["runs/moved/final.safetensors"])));
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ".lock"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [Fact]
    public async Task Train_Interrupted_SavesACheckpointAndReturns130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX signals.");
        Assert.SkipWhen(ProcessTests.IgnoresInterrupts(), "The tests were started with SIGINT ignored, and the command inherits that.");
        var recipe = _tiny.Recipe(steps: 1_000_000, more: "\"seed\": 3,");
        using var process = CliProcess.Start("train", recipe, "--run", _tiny.Run("a"), "--set", "checkpoints.every=1000000", "--set", "validation.every=1000000", "--device", "cpu");
        await process.FirstLineAsync();
        process.Interrupt();
        var run = await process.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Contains($"Go on with: superres train --resume --run {_tiny.Run("a")} --device cpu\nsuperres: Interrupted.", run.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(_tiny.Run("a"), "checkpoints"), "*.ckpt"));
        var listed = (await CliRun.RunAsync("runs", "list", _tiny.Run("a"), "--json")).Json.GetProperty("runs")[0];
        Assert.Equal("stopped", listed.GetProperty("state").GetString());
        Assert.True(listed.GetProperty("step").GetInt64() > 0);
    }
}
