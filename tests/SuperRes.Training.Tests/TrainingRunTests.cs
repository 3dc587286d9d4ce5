using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Pixels;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Tests;

public sealed class TrainingRunTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ExecuteAsync_SeveralAtOnce_EndOnTheBitsOfEachAlone()
    {
        Recipe[] recipes = [.. Enumerable.Range(1, 3).Select(seed => _data.Recipe(40, $"seed={seed}"))];
        var alone = new List<RunFolder>();
        foreach (var recipe in recipes)
        {
            alone.Add(await TrainingRun.ExecuteAsync(recipe, _data.Run($"alone-{recipe.Seed}"), new() { Threads = 2 }, cancellationToken: TestContext.Current.CancellationToken));
        }

        var together = await Task.WhenAll(recipes.Select(recipe => Task.Run(() =>
            TrainingRun.ExecuteAsync(recipe, _data.Run($"together-{recipe.Seed}"), new() { Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken))));

        Assert.Equal(3, alone.Select(run => Convert.ToHexString(File.ReadAllBytes(run.FinalModelPath))).Distinct().Count());
        Assert.All(alone.Zip(together), pair => Assert.Equal(File.ReadAllBytes(pair.First.FinalModelPath), File.ReadAllBytes(pair.Second.FinalModelPath)));
        Assert.All(together, run => Assert.Equal(RunState.Finished, run.State));
    }

    [Fact]
    public async Task ExecuteAsync_InAFolderWithARun_GoesOnOnlyWhereAsked()
    {
        var recipe = _data.Recipe(20);
        var run = await TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);
        var model = File.ReadAllBytes(run.FinalModelPath);

        var error = await Assert.ThrowsAsync<TrainingException>(() => TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
        var resumed = await TrainingRun.ExecuteAsync(recipe, _data.Run("a"), new() { Resume = true }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(model, File.ReadAllBytes(resumed.FinalModelPath));
    }

    [Fact]
    public async Task ExecuteAsync_StoppedWhileTheImagesAreRead_BeginsNoRun()
    {
        // The clock is asked before the images are hashed.
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            TrainingRun.ExecuteAsync(_data.Recipe(20), _data.Run("a"), new() { Time = new StoppingClock(stop) }, cancellationToken: stop.Token));

        Assert.False(Directory.Exists(_data.Run("a")));
    }

    [Fact]
    public async Task ExecuteAsync_WithLowResolutionImagesAddedSince_Refuses()
    {
        var set = Path.Combine(_data.Folder, "set");
        Directory.CreateDirectory(Path.Combine(set, "HR"));
        Directory.CreateDirectory(Path.Combine(set, "LR_bicubic", "X2"));
        ImageFile.Write(Path.Combine(set, "HR", "a.png"), TinyData.Waves(64, 48, 1));
        var recipe = _data.Recipe(5, $"data.train.0.path={set.Replace('\\', '/')}", "validation.path=null");
        await TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);

        ImageFile.Write(Path.Combine(set, "LR_bicubic", "X2", "ax2.png"), TinyData.Waves(32, 24, 2));
        var error = await Assert.ThrowsAsync<TrainingException>(() =>
            TrainingRun.ExecuteAsync(recipe, _data.Run("a"), new() { Resume = true }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("the same names, and other contents or low-resolution images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_WithATrack_MeasuresOnItsImages()
    {
        var set = Path.Combine(_data.Folder, "set");
        Directory.CreateDirectory(Path.Combine(set, "HR"));
        ImageFile.Write(Path.Combine(set, "HR", "a.png"), TinyData.Waves(64, 48, 1));
        var recipe = _data.Recipe(5, $"validation.path={set.Replace('\\', '/')}", "validation.track=dark");
        var error = await Assert.ThrowsAsync<DatasetException>(() => TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("no low-resolution images of the track 'dark' for x2; it has none", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data.Run("a")));

        // Of another image only: a run would end at its first measurement.
        Directory.CreateDirectory(Path.Combine(set, "LR_dark", "X2"));
        ImageFile.Write(Path.Combine(set, "LR_dark", "X2", "bx2.png"), new ImageBuffer(32, 24, ColorModel.Rgb, SampleType.UInt8));
        await Assert.ThrowsAsync<DatasetException>(() => TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(_data.Run("a")));

        // Black, so that whatever the network makes of it is far from the original.
        ImageFile.Write(Path.Combine(set, "LR_dark", "X2", "ax2.png"), new ImageBuffer(32, 24, ColorModel.Rgb, SampleType.UInt8));
        var dark = await TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);
        var plain = await TrainingRun.ExecuteAsync(_data.Recipe(5, $"validation.path={set.Replace('\\', '/')}"), _data.Run("b"), cancellationToken: TestContext.Current.CancellationToken);

        var (fromDark, fromBicubic) = (dark.Validations[^1].Psnr, plain.Validations[^1].Psnr);
        Assert.True(fromDark < fromBicubic - 1, $"{fromDark} dB from the dark image, {fromBicubic} from the bicubic one");
    }

    [Fact]
    public async Task ExecuteAsync_OfARecipeWithFaults_NamesThemAllAndWritesNothing()
    {
        var recipe = _data.Recipe(20);
        var faulty = recipe with { Steps = 0, Patches = [], Checkpoints = recipe.Checkpoints with { Every = 0 }, Optimizer = recipe.Optimizer with { ClipNorm = double.NaN } };

        var error = await Assert.ThrowsAsync<RecipeException>(() => TrainingRun.ExecuteAsync(faulty, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.All(["'steps'", "'patches'", "'checkpoints.every'", "'optimizer.clipNorm'"], key => Assert.Contains(key, error.Message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_data.Run("a")));
    }

    [Fact]
    public async Task ExecuteAsync_CancelledBefore_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TrainingRun.ExecuteAsync(_data.Recipe(20), _data.Run("a"), cancellationToken: new(canceled: true)));

        Assert.False(Directory.Exists(_data.Run("a")));
    }

    [Fact]
    public async Task ExecuteAsync_OfARunInProgress_ChangesNothing()
    {
        var recipe = _data.Recipe(20);
        var run = await TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);
        var before = File.ReadAllText(Path.Combine(run.Root, "recipe.json"));
        var other = recipe with { Validation = recipe.Validation with { Every = 7 } };

        using (run.Hold())
        {
            await Assert.ThrowsAsync<TrainingException>(() => TrainingRun.ExecuteAsync(other, run.Root, new() { Resume = true }, cancellationToken: TestContext.Current.CancellationToken));
        }

        Assert.Equal(before, File.ReadAllText(Path.Combine(run.Root, "recipe.json")));
    }

    [Fact]
    public async Task ExecuteAsync_WhereNoCheckpointCanBeOpened_BeginsNothingAgain()
    {
        var recipe = _data.Recipe(20);
        var run = await TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);
        var records = run.Metrics.Count;
        var locks = Directory.GetFiles(Path.Combine(run.Root, "checkpoints")).Select(path => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)).ToList();
        try
        {
            var error = await Assert.ThrowsAsync<TrainingException>(() => TrainingRun.ExecuteAsync(recipe, run.Root, new() { Resume = true }, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Contains("try again", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            locks.ForEach(file => file.Dispose());
        }

        Assert.Equal(records, run.Metrics.Count);
    }

    [Fact]
    public async Task Hold_WhileOthersLook_IsGiven()
    {
        var run = await TrainingRun.ExecuteAsync(_data.Recipe(5), _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);
        using var enough = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                _ = run.State;
            }
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 200; i++)
        {
            run.Hold().Dispose();
        }

        await enough.CancelAsync();
        await looking;
    }

    [Fact]
    public async Task ExecuteAsync_WithAMeasurementBetweenRecords_RecordsTheLossOfAllSteps()
    {
        var between = await TrainingRun.ExecuteAsync(_data.Recipe(100, "validation.every=99"), _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);
        var never = await TrainingRun.ExecuteAsync(_data.Recipe(100, "validation.every=100"), _data.Run("b"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(never.Metrics[^1].Loss, between.Metrics[^1].Loss);
    }

    [Fact]
    public async Task ExecuteAsync_Watched_TellsTheStartAndEveryStep()
    {
        var events = new Events();
        await TrainingRun.ExecuteAsync(_data.Recipe(20), _data.Run("a"), progress: events, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(3, events[0].Start!.Images);
        Assert.Equal(Enumerable.Range(1, 20).Select(step => (long)step), events.Skip(1).Where(item => item.Validation is null).Select(item => item.Step));
    }

    private sealed class Events : List<TrainingEvent>, IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => Add(value);
    }

    private sealed class StoppingClock(CancellationTokenSource stop) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            stop.Cancel();
            return DateTimeOffset.UnixEpoch;
        }
    }
}
