using SuperRes.Imaging;
using SuperRes.Networks;
using SuperRes.Training.Cpu;
using SuperRes.Training.Optimization;
using SuperRes.Training.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Tests.Trainers;

public sealed class GuardTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ExecuteAsync_OnABatchThatIsNotFinite_SaysStepImagesAndCheckpoint()
    {
        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("a", badSteps: [13]));

        Assert.Contains("The loss is NaN at step 13, on patches of ", error.Message, StringComparison.Ordinal);
        Assert.Contains(".png", error.Message, StringComparison.Ordinal);
        Assert.Contains("The last good checkpoint is of step 10.", error.Message, StringComparison.Ordinal);
        Assert.Contains("guards.skip", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_WithSkip_LeavesOutAsManyBatchesAndNoMore()
    {
        var warnings = new List<string>();
        await RunAsync("some", [13, 17], warnings, overrides: "guards.skip=2");
        Assert.Equal(2, warnings.Count);
        Assert.Contains("step 13", warnings[0], StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("more", [13, 17, 18], warnings, overrides: "guards.skip=2"));
        Assert.Contains("at step 18", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_WithSkipAfterAResume_CountsThoseBefore()
    {
        await Assert.ThrowsAsync<KilledException>(() => RunAsync("a", [3, 7], killAfter: 12, overrides: "guards.skip=2"));
        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("a", [15], overrides: "guards.skip=2"));
        Assert.Contains("2 batches were left out before", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_WithAGrowingLoss_StopsWhereAsked()
    {
        // A rate that grows far beyond what the network bears, over the warm-up: the loss falls, then rises.
        string[] explosive = ["""optimizer.learningRate={"kind":"constant","initial":0.9,"warmUp":3000}"""];
        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("a", steps: 2000, overrides: [.. explosive, "guards.divergence=1.5", "validation.path=null"]));
        Assert.Contains("The run diverges: up to step ", error.Message, StringComparison.Ordinal);
        Assert.Contains("The last good checkpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_WithAnImageGoneOnTheWay_SaysWhichAndHowToGoOn()
    {
        // A cache of one image, so that the others are decoded again.
        ImageFile.Write(Path.Combine(_data.Folder, "large.png"), TinyData.Waves(700, 500, 4));
        var error = await Assert.ThrowsAsync<TrainingException>(() => TrainingRun.ExecuteAsync(
            _data.Recipe(400, "data.cacheMegabytes=1", "validation.path=null"), _data.Run("a"), new() { Threads = 1 }, new Remover(5, Path.Combine(_data.Folder, "1.png")), TestContext.Current.CancellationToken));

        Assert.Contains("can't be made", error.Message, StringComparison.Ordinal);
        Assert.Contains("1.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);

        // No step is lost: the batch before the one that can't be made is saved.
        var saved = RunFolder.Open(_data.Run("a")).NewestCheckpoint;
        Assert.Contains(FormattableString.Invariant($"The batch of step {saved + 1} can't be made"), error.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"The last good checkpoint is of step {saved}."), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_WithAValidationImageGone_SavesWhatThereIsAndGoesOnWhenItIsBack()
    {
        var recipe = _data.Recipe(30, "validation.every=10", "checkpoints.every=100");
        var image = Path.Combine(_data.Folder, "0.png");
        var bytes = await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken);
        var whole = await TrainingRun.ExecuteAsync(recipe, _data.Run("whole"), new() { Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<TrainingException>(() =>
            TrainingRun.ExecuteAsync(recipe, _data.Run("a"), new() { Threads = 1 }, new Remover(15, image), TestContext.Current.CancellationToken));
        Assert.True(error.BrokeDown);
        Assert.Contains("The validation image '0' could not be measured", error.Message, StringComparison.Ordinal);
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
        Assert.Equal(20, RunFolder.Open(_data.Run("a")).NewestCheckpoint);

        await File.WriteAllBytesAsync(image, bytes, TestContext.Current.CancellationToken);
        var resumed = await TrainingRun.ExecuteAsync(recipe, _data.Run("a"), new() { Threads = 1, Resume = true }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(whole.FinalModelPath), File.ReadAllBytes(resumed.FinalModelPath));
        Assert.Equal([10L, 20, 30], resumed.Validations.Select(validation => validation.Step));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(50L, true)]
    [InlineData(49L, false)]
    public void Watch_ARecordOfAFewSteps_IsNotJudged(long? covered, bool isJudged)
    {
        var folder = RunFolder.Create(_data.Run("a"), _data.Recipe(1000, "guards.divergence=2"), RunEnvironment.Describe([], TimeProvider.System));
        var guard = new RunGuard(folder, _ => { });
        guard.Watch(Record(100, loss: 1, covered: null));

        var error = Xunit.Record.Exception(() => guard.Watch(Record(150, loss: 3, covered)));

        Assert.Equal(isJudged, error is TrainingException);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public async Task RunAsync_AWarmUpAsLongAsTheRun_IsWarnedOf(int warmUp, int expected)
    {
        var warnings = new List<string>();
        await RunAsync("a", warnings: warnings, steps: 5, overrides: $"optimizer.learningRate.warmUp={warmUp}");
        Assert.Equal(expected, warnings.Count(warning => warning.Contains("never reaches its height", StringComparison.Ordinal)));
    }

    /// <summary>Learning rates run over their own phase.</summary>
    [Theory]
    [InlineData("optimizer.learningRate.warmUp=3", "(optimizer.learningRate.warmUp) and its phase has 2")]
    [InlineData("adversarial.optimizer.learningRate={\"kind\":\"constant\",\"warmUp\":3}", "(adversarial.optimizer.learningRate.warmUp) and its phase has 3")]
    [InlineData("adversarial.discriminator.optimizer.learningRate={\"kind\":\"constant\",\"warmUp\":4}", "(adversarial.discriminator.optimizer.learningRate.warmUp) and its phase has 3")]
    public async Task RunAsync_AWarmUpAsLongAsItsPhase_IsWarnedOf(string warmUp, string expected)
    {
        var warnings = new List<string>();
        await RunAsync("a", warnings: warnings, steps: 5, overrides: ["patches=[{\"size\":8}]", "adversarial={\"pretraining\":2,\"losses\":[{\"kind\":\"l1\"},{\"kind\":\"adversarial\"}],\"optimizer\":{},\"discriminator\":{\"features\":64,\"denseUnits\":16,\"optimizer\":{}}}", warmUp]);
        Assert.Contains(expected, Assert.Single(warnings, warning => warning.Contains("never reaches its height", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static StepMetrics Record(long step, double loss, long? covered) => new()
    {
        Step = step,
        Loss = loss,
        Covered = covered,
        LearningRate = 1e-3,
        GradientNorm = 1,
        SamplesPerSecond = 1,
        DataWait = 0,
        MemoryMegabytes = 1,
    };

    private Task RunAsync(string name, int[]? badSteps = null, List<string>? warnings = null, long killAfter = long.MaxValue, long steps = 20, params string[] overrides) => TrainingRun.ExecuteAsync(
        _data.Recipe(steps, overrides),
        _data.Run(name),
        new() { Resume = true, Threads = 1, Device = new FaultyDevice(badSteps ?? []), Warn = text => warnings?.Add(text) },
        new Killer(killAfter),
        TestContext.Current.CancellationToken);

    /// <summary>A processor that computes NaN in some steps.</summary>
    private sealed class FaultyDevice(int[] badSteps) : ITrainingDevice
    {
        public string Name => "faulty";

        public ITrainableNetwork Create(Graph graph, Weights weights, GradientTargets targets = GradientTargets.Parameters) =>
            new FaultyNetwork(new CpuNetwork(graph, weights, threads: 1, targets), badSteps);
    }

    private sealed class FaultyNetwork(CpuNetwork network, int[] badSteps) : ITrainableNetwork
    {
        private long _step;

        public Graph Graph => network.Graph;

        public IReadOnlyList<FeatureBatch> Forward(FeatureBatch input)
        {
            var outputs = network.Forward(input);
            if (badSteps.Contains((int)++_step))
            {
                outputs[0].Values[0] = float.NaN;
            }

            return outputs;
        }

        public FeatureBatch? Backward(IReadOnlyList<FeatureBatch?> outputGradients, GradientTargets targets) => network.Backward(outputGradients, targets);

        public void ClearGradients() => network.ClearGradients();

        public double GradientNorm() => network.GradientNorm();

        public void Update(OptimizerStep step) => network.Update(step);

        public void RestoreStatistics() => network.RestoreStatistics();

        public NetworkState Save() => network.Save();

        public void Load(NetworkState state)
        {
            network.Load(state);
            _step = 10;
        }

        public void Dispose() => network.Dispose();
    }

    private sealed class Remover(long at, string path) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value.Start is null && value.Step == at)
            {
                File.Delete(path);
            }
        }
    }
}
