using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Training.Cpu;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Tests.Trainers;

public sealed class AdversarialTests : IDisposable
{
    private const int Pretraining = 8;
    private const int Steps = 20;
    private const string Resting = """{"kind":"constant","initial":1e-12}""";

    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ExecuteAsync_InTwoPhases_RecordsBoth()
    {
        var run = await RunAsync("a");

        Assert.Equal([Pretraining, Steps], run.Metrics.Select(record => record.Step));
        Assert.Null(run.Metrics[0].Losses);
        Assert.Equal(["adversarial", "discriminator", "features", "l1"], run.Metrics[1].Losses!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([Pretraining, Steps], run.Validations.Select(validation => validation.Step));
        Assert.Equal(Pretraining, ModelFile.Load(run.PretrainedModelPath).Info.Training!.Steps);

        // The best of the adversarial phase, not of what came before.
        Assert.Equal(Steps, ModelFile.Load(run.BestModelPath).Info.Training!.Steps);
        Assert.Equal(Steps, RunSummary.Of(run).Best!.Step);
        Assert.Equal(Steps, ModelFile.Load(run.FinalModelPath).Info.Training!.Steps);
    }

    [Fact]
    public async Task ExecuteAsync_KilledAfterEveryStep_EndsOnTheSameBits()
    {
        var whole = await RunAsync("whole");
        for (var step = 1; step < Steps; step += step == Pretraining - 1 || step == Pretraining ? 1 : 3)
        {
            await Assert.ThrowsAsync<KilledException>(() => RunAsync("killed", new Killer(step)));
        }

        var killed = await RunAsync("killed");

        foreach (var file in new[] { "pretrained.safetensors", "best.safetensors", "final.safetensors", $"checkpoints/step-{Steps:D10}.ckpt", "validation.jsonl" })
        {
            Assert.True(File.ReadAllBytes(Path.Combine(whole.Root, file)).SequenceEqual(File.ReadAllBytes(Path.Combine(killed.Root, file))), $"'{file}' differs");
        }
    }

    [Fact]
    public async Task ExecuteAsync_StoppedDuringTheMeasurementBetweenThePhases_StillHasThePretrainedModel()
    {
        var whole = await RunAsync("whole");

        using (var stop = new CancellationTokenSource())
        {
            var options = new TrainingRunOptions { Threads = 2, Resume = true };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => TrainingRun.ExecuteAsync(Recipe([]), _data.Run("stopped"), options, new Stopper(Pretraining, stop), stop.Token));
        }

        Assert.Equal(Pretraining, RunFolder.Open(_data.Run("stopped")).NewestCheckpoint);
        var resumed = await RunAsync("stopped");
        Assert.Equal(File.ReadAllBytes(whole.PretrainedModelPath), File.ReadAllBytes(resumed.PretrainedModelPath));
    }

    [Fact]
    public void Run_OnABatchThatIsNotFinite_LeavesTheGeneratorAsItWas()
    {
        var recipe = Recipe([]);
        var graph = recipe.Network.BuildGraph();
        using var generator = new CpuNetwork(graph, Weights.Initialize(graph, 3), threads: 1);
        using var phase = new AdversarialPhase(recipe, generator, new CpuDevice(1));
        Assert.True(phase.Run(Pretraining + 1, PhaseBatches.Of(0.5f)).IsFinite);
        var before = generator.Save();

        Assert.False(phase.Run(Pretraining + 2, PhaseBatches.Of(float.NaN)).IsFinite);

        PhaseBatches.AssertEqual(before, generator.Save());
        Assert.All(phase.Save().Values, state => Assert.All(state.Weights.Names, name => Assert.False(state.Weights[name].Values.AsSpan().ContainsAnyNonFinite(), name)));
        Assert.True(phase.Run(Pretraining + 3, PhaseBatches.Of(0.5f)).IsFinite);
    }

    [Fact]
    public async Task ExecuteAsync_WithARestingGenerator_LetsTheDiscriminatorLearnToTell()
    {
        var run = await RunAsync("a", overrides: ["steps=108", $"adversarial.optimizer.learningRate={Resting}"]);
        var loss = run.Metrics[^1].Losses!["discriminator"];
        Assert.True(loss < 0.7 * 2 * Math.Log(2), $"the loss is {loss}, where guessing makes 1.386");
    }

    [Fact]
    public async Task ExecuteAsync_WithARestingDiscriminator_LetsTheGeneratorLearnToPass()
    {
        string[] alone = ["steps=108", "adversarial.losses=[{\"kind\":\"adversarial\"}]", $"adversarial.discriminator.optimizer.learningRate={Resting}"];
        var resting = await RunAsync("resting", overrides: [.. alone, $"adversarial.optimizer.learningRate={Resting}"]);
        var moving = await RunAsync("moving", overrides: [.. alone, "adversarial.optimizer.learningRate={\"kind\":\"constant\",\"initial\":3e-3}"]);
        var (before, after) = (resting.Metrics[^1].Losses!["adversarial"], moving.Metrics[^1].Losses!["adversarial"]);
        Assert.True(after < before - 0.03, $"the generator's adversarial loss is {after}, and {before} where it does not learn");
    }

    [Theory]
    [InlineData("adversarial.pretraining=20", "'adversarial.pretraining' is 20, expected 0 to below 'steps', 20")]
    [InlineData("adversarial.losses=[{\"kind\":\"l1\"}]", "'adversarial.losses' has no adversarial")]
    [InlineData("losses=[{\"kind\":\"features\"}]", "'losses[0]' is features, which needs a discriminator")]
    [InlineData("patches=[{\"size\":8,\"share\":0.7},{\"size\":16,\"share\":0.3}]", "'patches' goes from 8 to 16 in the adversarial phase")]
    [InlineData("patches=[{\"size\":8,\"share\":0.7},{\"size\":16,\"share\":0.2},{\"size\":8,\"share\":0.1}]", "'patches' goes from 8 to 16 in the adversarial phase")]
    [InlineData("batch=1", "'batch' is 1, and the discriminator's last batch norm sees one value of patches of 8 at x2")]
    [InlineData("patches=[{\"size\":9}]", "inputSize is 18, expected a multiple of 16")]
    [InlineData("adversarial.discriminator.optimizer.beta1=2", "'adversarial.discriminator.optimizer.beta1' is 2")]
    public void Parse_OfAFaultyAdversarialPhase_SaysWhat(string change, string fault) =>
        Assert.Contains(fault, Assert.Throws<RecipeException>(() => Recipe([change])).Message, StringComparison.Ordinal);

    private Recipe Recipe(string[] overrides) => _data.Recipe(
        Steps,
        [
            """network={"architecture":"srresnet","scale":2,"blocks":1,"features":16}""",
            """patches=[{"size":8}]""",
            """losses=[{"kind":"mse"}]""",
            $$$"""
            adversarial={"pretraining":{{{Pretraining}}},
              "losses":[{"kind":"l1","weight":0.01},{"kind":"features"},{"kind":"adversarial","weight":1e-3}],
              "optimizer":{"learningRate":{"kind":"constant","initial":1e-4},"averageDecay":0.9},
              "discriminator":{"features":4,"denseUnits":8,"optimizer":{"learningRate":{"kind":"constant","initial":1e-3} } } }
            """,
            "checkpoints.every=3",
            .. overrides,
        ]);

    private Task<RunFolder> RunAsync(string name, IProgress<TrainingEvent>? progress = null, params string[] overrides) =>
        TrainingRun.ExecuteAsync(Recipe(overrides), _data.Run(name), new() { Threads = 2, Resume = true }, progress, TestContext.Current.CancellationToken);
}
