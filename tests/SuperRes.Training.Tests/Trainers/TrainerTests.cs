using SuperRes.Imaging;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Training.Cpu;
using SuperRes.Training.Data;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Tests.Trainers;

public sealed class TrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-").FullName;

    public TrainerTests()
    {
        for (var i = 0; i < 3; i++)
        {
            ImageFile.Write(Path.Combine(_folder, $"{i}.png"), TinyData.Waves(96, 80, i));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_ToTheEnd_LearnsAndRecords()
    {
        var folder = Start("run", steps: 420);
        await RunAsync(folder);

        Assert.Equal([100L, 200L, 300L, 400L, 420L], folder.Metrics.Select(metrics => metrics.Step));
        Assert.True(folder.Metrics[^1].Loss < 0.5 * folder.Metrics[0].Loss, $"the loss went from {folder.Metrics[0].Loss} to {folder.Metrics[^1].Loss}");
        Assert.Equal(7, folder.Validations.Count);
        Assert.True(folder.Validations[^1].Psnr > folder.Validations[0].Psnr + 1);
        var model = ModelFile.Load(folder.FinalModelPath);
        Assert.Equal(folder.Recipe.Network, model.Options);
        Assert.Equal(420, model.Info.Training!.Steps);
    }

    [Fact]
    public async Task RunAsync_AFolderInTwoSizes_IsNamedOnce()
    {
        var path = _folder.Replace('\\', '/');
        var folder = Start("run", 2, $$"""data.train=[{"path":"{{path}}"},{"path":"{{path}}","shrink":2}]""");

        await RunAsync(folder);

        Assert.Equal([Path.GetFileName(_folder)], ModelFile.Load(folder.FinalModelPath).Info.Training!.Data);
    }

    [Theory]
    [InlineData("psnr")]
    [InlineData("ssim")]
    public async Task RunAsync_WithBest_KeepsTheModelOfTheHighest(string best)
    {
        // A rate at which the measurements go up and down, and the two don't agree on the best.
        var folder = Start("run", steps: 60, "validation.every=2", $"validation.best={best}", "optimizer.averageDecay=0", "optimizer.learningRate={\"kind\":\"constant\",\"initial\":2e-3}");
        await RunAsync(folder);

        var (byPsnr, bySsim) = (folder.Validations.MaxBy(validation => validation.Psnr)!, folder.Validations.MaxBy(validation => validation.Ssim)!);
        Assert.NotEqual(byPsnr.Step, bySsim.Step);
        Assert.Equal((best == "psnr" ? byPsnr : bySsim).Step, ModelFile.Load(folder.BestModelPath).Info.Training!.Steps);
    }

    [Fact]
    public async Task RunAsync_AfterAStopAnywhere_EndsOnTheSameBits()
    {
        var whole = Start("whole", steps: 30);
        await RunAsync(whole);

        var parts = Start("parts", steps: 30);
        foreach (var stop in new[] { 7, 8, 21 })
        {
            // A kill between checkpoints: what was done since the last one is lost, and done again.
            await Assert.ThrowsAsync<KilledException>(() => RunAsync(parts, killAfter: stop));
        }

        await RunAsync(parts);
        Assert.Equal(File.ReadAllBytes(whole.FinalModelPath), File.ReadAllBytes(parts.FinalModelPath));
        Assert.Equal(Checkpoint(whole, 30), Checkpoint(parts, 30));
        Assert.Equal(whole.Validations, parts.Validations);
    }

    [Fact]
    public async Task RunAsync_WithATornCheckpoint_GoesOnFromTheOneBefore()
    {
        var whole = Start("whole", steps: 20);
        await RunAsync(whole);

        var torn = Start("torn", steps: 20);
        await Assert.ThrowsAsync<KilledException>(() => RunAsync(torn, killAfter: 17));
        var newest = Directory.GetFiles(Path.Combine(torn.Root, "checkpoints")).Order().Last();
        var bytes = File.ReadAllBytes(newest);
        bytes[^9] ^= 1;
        File.WriteAllBytes(newest, bytes);
        var warnings = new List<string>();
        await RunAsync(torn, warn: warnings.Add);
        Assert.Contains("checksum", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(whole.FinalModelPath), File.ReadAllBytes(torn.FinalModelPath));

        // Nothing takes the torn one for the newest any more.
        Assert.True(File.Exists(newest + ".damaged"));
        Assert.Equal(20, torn.NewestCheckpoint);
    }

    [Fact]
    public async Task RunAsync_WithFilesOfOthersBesideItsOwn_LeavesThemAlone()
    {
        var folder = Start("run", steps: 12);
        await Assert.ThrowsAsync<KilledException>(() => RunAsync(folder, killAfter: 7));
        var copy = Path.Combine(folder.Root, "checkpoints", "step-0000000005-good.ckpt");
        File.Copy(Path.Combine(folder.Root, "checkpoints", "step-0000000005.ckpt"), copy);
        var mine = Directory.CreateDirectory(Path.Combine(folder.Root, "samples", "step-mine")).FullName;

        await RunAsync(folder);

        Assert.True(File.Exists(copy) && Directory.Exists(mine));
        Assert.Equal(12, folder.NewestCheckpoint);
    }

    [Fact]
    public async Task RunAsync_AfterAMeasurementThatCouldNotBeKept_MakesItWhole()
    {
        var whole = Start("whole", steps: 70, "checkpoints.every=1000");
        await RunAsync(whole);

        // Samples can't be written where a file has their folder's name.
        var folder = Start("run", steps: 70, "checkpoints.every=1000");
        File.WriteAllText(Path.Combine(folder.Root, "samples"), "");
        await Assert.ThrowsAsync<TrainingException>(() => RunAsync(folder));
        Assert.Equal(60, folder.NewestCheckpoint);
        File.Delete(Path.Combine(folder.Root, "samples"));
        await RunAsync(folder);

        Assert.Equal(whole.Validations, folder.Validations);
        Assert.Equal(File.ReadAllBytes(whole.BestModelPath), File.ReadAllBytes(folder.BestModelPath));
        Assert.True(File.Exists(Path.Combine(folder.Root, "samples", "step-0000000060", "0.png")));
    }

    [Fact]
    public async Task RunAsync_StoppedDuringAMeasurement_LosesNoStepAndMeasuresFirst()
    {
        var whole = Start("whole", steps: 70, "checkpoints.every=1000");
        await RunAsync(whole);

        // The progress of step 60 comes before its measurement, which then finds the run stopped.
        var stopped = Start("stopped", steps: 70, "checkpoints.every=1000");
        using (var stop = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stopped, new Stopper(60, stop), stop.Token));
        }

        Assert.Equal(60, stopped.NewestCheckpoint);
        Assert.Empty(stopped.Validations);
        await RunAsync(stopped);
        Assert.Equal([60L, 70L], stopped.Validations.Select(validation => validation.Step));
        Assert.Equal(whole.Validations, stopped.Validations);
        Assert.Equal(File.ReadAllBytes(whole.FinalModelPath), File.ReadAllBytes(stopped.FinalModelPath));
    }

    [Fact]
    public async Task RunAsync_WithAnExplodingLoss_SaysStepAndImages()
    {
        var folder = Start("run", steps: 50, "optimizer.learningRate={\"kind\":\"constant\",\"initial\":0.99}", "losses=[{\"kind\":\"mse\",\"weight\":1e37}]");
        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync(folder));
        Assert.Contains("at step", error.Message, StringComparison.Ordinal);
        Assert.Contains(".png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_WithAnotherRecipe_NamesTheOption()
    {
        Start("run", steps: 10);
        var error = Assert.Throws<TrainingException>(() => RunFolder.Resume(Path.Combine(_folder, "runs", "run"), Recipe(11), Manifest()));
        Assert.Contains("'steps' was 10 and is now 11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_WithOtherValidation_TakesIt()
    {
        Start("run", steps: 10);
        var folder = RunFolder.Resume(Path.Combine(_folder, "runs", "run"), Recipe(10, "validation.every=3"), Manifest());
        Assert.Equal(3, folder.Recipe.Validation.Every);
        Assert.Equal(3, RunFolder.Open(folder.Root).Recipe.Validation.Every);
    }

    [Theory]
    [InlineData("validation.protocol=rgb", "'validation.protocol' was \"y\" and is now \"rgb\"")]
    [InlineData("validation.names=\"1\"", "'validation.names'")]
    [InlineData("validation.best=ssim", "'validation.best'")]
    public void Resume_WithAnotherMeasure_RefusesOnceSomethingIsMeasured(string change, string expected)
    {
        var path = Path.Combine(_folder, "runs", "run");
        Start("run", steps: 10);
        RunFolder.Resume(path, Recipe(10, change), Manifest());
        var run = RunFolder.Resume(path, Recipe(10), Manifest());
        run.Append(new ValidationMetrics(5, 30, 0.9, 30, 0.9), DateTimeOffset.UnixEpoch);

        var error = Assert.Throws<TrainingException>(() => RunFolder.Resume(path, Recipe(10, change), Manifest()));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_WithoutValidation_TakesIt()
    {
        Start("run", steps: 10);
        Assert.Null(RunFolder.Resume(Path.Combine(_folder, "runs", "run"), Recipe(10, "validation.path=null"), Manifest()).Recipe.Validation.Path);
    }

    [Fact]
    public void Resume_WithAnotherMeasureAfterNone_IsRefusedWhereSomethingWasMeasured()
    {
        var path = Path.Combine(_folder, "runs", "run");
        var run = Start("run", steps: 10);
        RunFolder.Resume(path, Recipe(10, "validation.path=null"), Manifest());
        Assert.Equal("rgb", RunFolder.Resume(path, Recipe(10, "validation.protocol=rgb"), Manifest()).Recipe.Validation.Protocol);

        run.Append(new ValidationMetrics(5, 30, 0.9, 30, 0.9), DateTimeOffset.UnixEpoch);
        RunFolder.Resume(path, Recipe(10, "validation.path=null"), Manifest());

        Assert.Contains("'validation.", Assert.Throws<TrainingException>(() => RunFolder.Resume(path, Recipe(10), Manifest())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhileAnotherBeginsARunThere_Refuses()
    {
        var path = Directory.CreateDirectory(Path.Combine(_folder, "runs", "run")).FullName;
        using var other = RunLock.TryTake(path);

        Assert.Contains("Another process", Assert.Throws<TrainingException>(() => Start("run", steps: 10)).Message, StringComparison.Ordinal);
        Assert.False(RunFolder.IsRun(path));
    }

    [Fact]
    public void Resume_WithAnImageGone_NamesIt()
    {
        Start("run", steps: 10);
        File.Delete(Path.Combine(_folder, "1.png"));
        var error = Assert.Throws<TrainingException>(() => RunFolder.Resume(Path.Combine(_folder, "runs", "run"), Recipe(10), Manifest()));
        Assert.Contains("1 missing (1.png)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_InAFolderWithARun_Refuses()
    {
        Start("run", steps: 10);
        Assert.Contains("--resume", Assert.Throws<TrainingException>(() => Start("run", steps: 10)).Message, StringComparison.Ordinal);
    }

    private static byte[] Checkpoint(RunFolder folder, long step) => File.ReadAllBytes(Path.Combine(folder.Root, "checkpoints", $"step-{step:D10}.ckpt"));

    private Recipe Recipe(long steps, params string[] overrides) => RecipeFile.Parse(
        $$"""
        {
          "name": "test", "steps": {{steps}}, "batch": 4,
          "network": { "architecture": "espcn", "scale": 2 },
          "data": { "train": [{ "path": "{{_folder.Replace('\\', '/')}}" }], "workers": 2 },
          "patches": [{ "size": 8, "share": 0.6 }, { "size": 12, "share": 0.4 }],
          "optimizer": { "learningRate": { "kind": "cosine", "initial": 2e-3 }, "averageDecay": 0.9 },
          "validation": { "path": "{{_folder.Replace('\\', '/')}}", "every": 60, "first": 1 },
          "checkpoints": { "every": 5, "keep": 2 }
        }
        """,
        overrides);

    private FolderTrainingImages Images(Recipe recipe) => FolderTrainingImages.Open(recipe.Data, [recipe.Network.Scale], 12);

    private RunManifest Manifest() => RunEnvironment.Describe(Images(Recipe(10)).Paths, TimeProvider.System);

    private RunFolder Start(string name, long steps, params string[] overrides) =>
        RunFolder.Create(Path.Combine(_folder, "runs", name), Recipe(steps, overrides), Manifest());

    private Task RunAsync(RunFolder folder, long killAfter = long.MaxValue, Action<string>? warn = null) =>
        RunAsync(folder, new Killer(killAfter), CancellationToken.None, warn);

    private async Task RunAsync(RunFolder folder, IProgress<TrainingEvent> progress, CancellationToken cancellationToken, Action<string>? warn = null)
    {
        var graph = folder.Recipe.Network.BuildGraph();
        using var trainer = new Trainer(folder, new CpuDevice(2), Images(folder.Recipe), Weights.Initialize(graph, folder.Recipe.Seed), new() { Threads = 2 });
        await trainer.RunAsync(progress, warn ?? (_ => { }), cancellationToken);
    }
}
