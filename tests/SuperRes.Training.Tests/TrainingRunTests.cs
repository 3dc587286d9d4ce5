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
}
