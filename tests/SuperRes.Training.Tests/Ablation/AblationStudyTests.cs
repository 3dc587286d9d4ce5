using SuperRes.Evaluation.Studies;
using SuperRes.Networks;
using SuperRes.Training.Ablation;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Running;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Ablation;

public sealed class AblationStudyTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task RunAsync_ToTheEnd_ReportsEveryCell()
    {
        var outcome = await RunAsync("a", TinyExperiment.Create(_data, "pictures=1"));

        Assert.Empty(outcome.Failed);
        Assert.Equal(4, outcome.Report.Cells.Count);
        Assert.All(outcome.Report.Cells, cell => Assert.Equal(2, cell.On("three")!.By("div2k").Psnr.Length));
        Assert.Equal([3L, 6L], outcome.Report.Cells[0].Curve.Select(point => point.Step));
        Assert.Equal(2, Assert.Single(outcome.Report.Questions).Decisive!.Seeds.Seeds);
        Assert.Equal(["bicubic", "sharpen"], outcome.Report.Baselines.Select(baseline => baseline.Method));
        Assert.Equal(outcome.Report.ToJson() + "\n", File.ReadAllText(Path.Combine(_data.Run("a"), "report.json")));
        Assert.All(outcome.Report.Pictures, picture => Assert.True(File.Exists(Path.Combine(_data.Run("a"), picture.File))));
        Assert.Equal(2, outcome.Report.Pictures.Count);
        Assert.All(outcome.Report.Cells.Where(cell => cell.Variant == "CBAM"), cell => Assert.True(cell.ChannelGates!.Variation > 0 && cell.SpatialGates!.Variation > 0));
        Assert.Equal(2, outcome.Report.Arms.First(arm => arm.Variant == "CBAM").Looking!.Seeds.Seeds);
        Assert.All(outcome.Report.Cells.Where(cell => cell.Variant == "CBAM"), cell => Assert.Equal(cell.On("three")!.Images, cell.FrozenGates!.Images));
        Assert.Null(outcome.Report.Arms.First(arm => arm.Variant == "none").Looking);
        Assert.Equal((64, 1), (outcome.Report.Cells[0].DataHash!.Length, outcome.Report.Cells.Select(cell => (cell.DataHash, cell.TrainedWith)).Distinct().Count()));
    }

    [Fact]
    public async Task RunAsync_TheTrainingImagesHaveChanged_IsRefusedUnlessAllIsDone()
    {
        var train = Directory.CreateDirectory(Path.Combine(_data.Folder, "train")).FullName;
        File.Copy(Path.Combine(_data.Folder, "0.png"), Path.Combine(train, "0.png"));
        var data = $"training.data.train.0.path={train.Replace('\\', '/')}";
        await RunAsync("a", TinyExperiment.Create(_data, data, "seeds=[1]"));
        File.Copy(Path.Combine(_data.Folder, "1.png"), Path.Combine(train, "1.png"));

        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("a", TinyExperiment.Create(_data, data, "seeds=[1,2]")));

        Assert.Contains("not those that espcn-8-x2.none.seed-1 was trained on", error.Message, StringComparison.Ordinal);
        Assert.Empty((await RunAsync("a", TinyExperiment.Create(_data, data, "seeds=[1]"))).Missing);
    }

    [Fact]
    public async Task RunAsync_ConstantGates_AreMeasuredAsAnyVariant()
    {
        var outcome = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", "variants.1.attention.gateInput=constant"));

        var cell = outcome.Report.Cells.First(cell => cell.Variant == "CBAM");
        Assert.Contains("constant", cell.Options, StringComparison.Ordinal);
        var plain = outcome.Report.Cells.First(other => other.Variant == "none");
        Assert.True(cell.Parameters > plain.Parameters);
        Assert.Equal((0, 0), (cell.ChannelGates!.Variation, cell.SpatialGates!.Variation));
        Assert.Null(plain.ChannelGates);
    }

    [Fact]
    public async Task RunAsync_Again_TrainsNothing()
    {
        var experiment = TinyExperiment.Create(_data, "seeds=[1]");
        var first = await RunAsync("a", experiment);
        var events = new List<CellEvent>();

        var again = await RunAsync("a", experiment, progress: new Recorder(events));

        Assert.Empty(events);
        Assert.Equal(first.Report.ToJson(), again.Report.ToJson());
    }

    [Fact]
    public async Task RunAsync_AFailedCell_DoesNotStopTheRestAndIsTriedAgain()
    {
        var experiment = TinyExperiment.Create(_data, "seeds=[1]");
        var blocked = Path.Combine(_data.Run("a"), "cells", "espcn-8-x2.none.seed-1");
        Directory.CreateDirectory(Path.GetDirectoryName(blocked)!);

        // A file where the run's folder should be.
        Directory.CreateDirectory(Path.Combine(blocked, "metrics.jsonl"));
        var outcome = await RunAsync("a", experiment);
        Assert.Equal("espcn-8-x2.none.seed-1", Assert.Single(outcome.Failed));
        Assert.NotNull(outcome.Report.Cells[0].Failure);
        Assert.NotEmpty(outcome.Report.Cells[1].Sets);

        Directory.Delete(blocked, recursive: true);
        Assert.Empty((await RunAsync("a", experiment)).Failed);
    }

    [Fact]
    public async Task RunAsync_TwoProcessesInOneFolder_FinishItOnce()
    {
        var experiment = TinyExperiment.Create(_data);
        var (left, right) = (new List<CellEvent>(), new List<CellEvent>());

        var outcomes = await Task.WhenAll(RunAsync("a", experiment, progress: new Recorder(left)), RunAsync("a", experiment, progress: new Recorder(right)));

        var started = left.Concat(right).Where(happened => happened.Kind == CellEventKind.Started).Select(happened => happened.Cell).ToArray();
        Assert.Equal(4, started.Length);
        Assert.Equal(4, started.Distinct().Count());
        Assert.Equal(outcomes[0].Report.ToJson(), outcomes[1].Report.ToJson());
    }

    [Fact]
    public async Task RunAsync_Shards_DoTheirPartAndTheLastReportsAll()
    {
        var experiment = TinyExperiment.Create(_data);

        var first = await RunAsync("a", experiment, new AblationOptions { Threads = 1, Shard = 1, Shards = 2 });
        Assert.Equal(2, first.Missing.Count);
        var second = await RunAsync("a", experiment, new AblationOptions { Threads = 1, Shard = 2, Shards = 2 });
        Assert.Empty(second.Missing);

        var whole = await RunAsync("b", experiment, new AblationOptions { Threads = 1, Jobs = 2 });
        Assert.Equal(Untimed(whole.Report), Untimed(second.Report));
    }

    [Fact]
    public async Task RunAsync_Halving_TrainsTheBestOnes()
    {
        var experiment = TinyExperiment.Create(_data, "seeds=[1]", "search={\"kind\":\"halving\",\"trials\":4,\"keep\":2,\"learningRate\":[1e-4,1e-2]}");

        var outcome = await RunAsync("a", experiment);

        // For each variant four runs, then two, then one.
        Assert.Equal(14, outcome.Report.Cells.Count);
        Assert.Equal("4 trials for each network and variant of 2 steps; the best one in 2 of them anew with 3, of those with 6", outcome.Report.Budget);
        Assert.Empty(outcome.Report.Questions);
        var best = outcome.Report.Cells.Where(cell => cell.Variant == "none" && cell.Name.EndsWith("rung-0", StringComparison.Ordinal)).MaxBy(cell => cell.Curve[^1].Psnr)!;
        Assert.Contains(outcome.Report.Cells, cell => cell.Name.EndsWith("rung-1", StringComparison.Ordinal) && cell.Setting == best.Setting);
    }

    [Fact]
    public async Task Cells_OfAHalvingSearch_AreThoseOfTheRungsThatHaveBegunAndLaterIsTheRest()
    {
        var experiment = TinyExperiment.Create(_data, "seeds=[1]", "search={\"kind\":\"halving\",\"trials\":4,\"keep\":2,\"learningRate\":[1e-4,1e-2]}");

        // Of two variants four runs of 2 steps, then two of 3, then one of 6.
        var fresh = Open("a", experiment);
        Assert.Equal((8, 6), (fresh.Cells.Count, fresh.Later.Count));
        Assert.Equal((2 * 4 * 2) + (2 * 2 * 3) + (2 * 6), fresh.Cells.Concat(fresh.Later).Sum(cell => cell.Recipe.Steps));
        var step = fresh.Plan.Arms.Sum(arm => arm.StepMilliseconds);
        Assert.Equal(((4 * 2) + (2 * 3) + 6) * step, fresh.EstimateLeft().TotalMilliseconds, 3);

        await RunAsync("a", experiment);
        var over = Open("a", experiment);
        Assert.Equal((14, 0, TimeSpan.Zero), (over.Cells.Count, over.Later.Count, over.EstimateLeft()));
        foreach (var rung in new[] { "1", "2" })
        {
            foreach (var cell in Directory.GetDirectories(Path.Combine(_data.Run("a"), "cells"), $"*.rung-{rung}"))
            {
                Directory.Delete(cell, recursive: true);
            }
        }

        var between = Open("a", experiment);
        Assert.Equal((12, 2), (between.Cells.Count, between.Later.Count));
        Assert.Equal(8, between.Cells.Count(between.IsDone));
        Assert.True(between.EstimateLeft() > TimeSpan.Zero);
    }

    [Fact]
    public async Task RunAsync_AHalvingSearchWhoseTrainingImagesHaveChanged_IsRefusedInEveryRung()
    {
        var train = Directory.CreateDirectory(Path.Combine(_data.Folder, "train")).FullName;
        File.Copy(Path.Combine(_data.Folder, "0.png"), Path.Combine(train, "0.png"));
        var experiment = TinyExperiment.Create(
            _data, "seeds=[1]", $"training.data.train.0.path={train.Replace('\\', '/')}", "search={\"kind\":\"halving\",\"trials\":4,\"keep\":2,\"learningRate\":[1e-4,1e-2]}");
        await RunAsync("a", experiment);
        foreach (var cell in Directory.GetDirectories(Path.Combine(_data.Run("a"), "cells"), "*.rung-2"))
        {
            Directory.Delete(cell, recursive: true);
        }

        File.Copy(Path.Combine(_data.Folder, "1.png"), Path.Combine(train, "1.png"));

        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("a", experiment));

        Assert.Contains("The training images are not those", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TestImagesThatAreTrainedOnOrChoose_AreNoted()
    {
        var notes = new List<string>();
        var test = Directory.CreateDirectory(Path.Combine(_data.Folder, "test")).FullName;
        File.Copy(Path.Combine(_data.Folder, "0.png"), Path.Combine(test, "other name.png"));
        SuperRes.Imaging.ImageFile.Write(Path.Combine(test, "new.png"), TinyData.Waves(96, 80, 9));
        var experiment = TinyExperiment.Create(_data, "seeds=[1]", $"test.0.path={test.Replace('\\', '/')}", "search={\"trials\":2,\"batch\":[1,2]}");

        AblationStudy.Open(experiment, _data.Run("a"), new AblationOptions { Threads = 1 }, notes.Add, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "note: 1 image is of 'three' also trained on, 'other name.png' for one: results on it say little of other images.",
                "note: 1 image is of 'three' also among the validation images, 'other name.png' for one, by which the search chooses: results on it flatter what is chosen.",
            ],
            notes.Where(note => note.StartsWith("note", StringComparison.Ordinal)));
    }

    [Fact]
    public void Report_OfASearch_SaysWhatIsEqualToo()
    {
        const string Adversarial = "training.adversarial={\"pretraining\":4,\"losses\":[{\"kind\":\"l1\"},{\"kind\":\"adversarial\"}],\"discriminator\":{\"features\":8}}";
        var experiment = TinyExperiment.Create(_data, "seeds=[1]", "budget.kind=\"macs\"", Adversarial, "search={\"trials\":2,\"batch\":[2,3]}");

        var report = Open("a", experiment).Report(TestContext.Current.CancellationToken).Report;

        Assert.Equal(
            "2 trials for each network and variant of 6 steps for the first variant; the others have the steps that make the same multiply-accumulates; of 6 steps the first 4 are without a discriminator",
            report.Budget);
    }

    [Fact]
    public void Open_HalvingInParts_IsRefused()
    {
        var experiment = TinyExperiment.Create(_data, "seeds=[1]", "search={\"kind\":\"halving\",\"trials\":4,\"keep\":2,\"learningRate\":[1e-4,1e-2]}");

        var error = Assert.Throws<TrainingException>(() => Open("a", experiment, new AblationOptions { Threads = 1, Shard = 1, Shards = 2 }));

        Assert.Contains("can't be split into parts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnotherExperimentInTheFolder_IsRefused()
    {
        Open("a", TinyExperiment.Create(_data));

        var error = Assert.Throws<TrainingException>(() => Open("a", TinyExperiment.Create(_data, "training.batch=1")));

        Assert.Contains("'training' differs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_MoreSeedsLater_TrainsOnlyThose()
    {
        await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]"));
        var events = new List<CellEvent>();

        var outcome = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1,2]"), progress: new Recorder(events));

        Assert.Equal(["espcn-8-x2.none.seed-2", "espcn-8-x2.cbam.seed-2"], events.Where(value => value.Kind == CellEventKind.Done).Select(value => value.Cell));
        Assert.Equal((await RunAsync("b", TinyExperiment.Create(_data))).Report.Questions.Select(question => question.Sentence), outcome.Report.Questions.Select(question => question.Sentence));
    }

    [Fact]
    public async Task RunAsync_AVariantMore_TrainsOnlyThat()
    {
        const string Control = "variants=[{\"name\":\"none\"},{\"name\":\"constant\",\"attention\":{\"gateInput\":\"constant\"}},{\"name\":\"CBAM\",\"attention\":{\"reduction\":2}}]";
        var first = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]"));
        var before = Open("a", TinyExperiment.Create(_data, "seeds=[1]")).Plan;
        var events = new List<CellEvent>();

        var more = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", Control), progress: new Recorder(events));
        var again = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]"));

        Assert.Equal(["espcn-8-x2.constant.seed-1"], events.Where(value => value.Kind == CellEventKind.Done).Select(value => value.Cell));
        Assert.Equal(["none", "constant", "CBAM"], more.Report.Arms.Select(arm => arm.Variant));
        var plan = Open("a", TinyExperiment.Create(_data, "seeds=[1]", Control)).Plan;
        Assert.Equal(before.Arms, [plan.Arms[0], plan.Arms[2]]);
        Assert.Equal(first.Report.ToJson(), again.Report.ToJson());
    }

    [Fact]
    public void Open_AnotherVariantOfTheSameNameOrAnotherFirst_IsRefused()
    {
        Open("a", TinyExperiment.Create(_data));

        var changed = Assert.Throws<TrainingException>(() => Open("a", TinyExperiment.Create(_data, "variants.1.attention.reduction=4")));
        var first = Assert.Throws<TrainingException>(() => Open("a", TinyExperiment.Create(_data, "variants=[{\"name\":\"CBAM\",\"attention\":{\"reduction\":2}},{\"name\":\"none\"}]")));

        Assert.Contains("'variants.CBAM' differs", changed.Message, StringComparison.Ordinal);
        Assert.Contains("'variants.none' differs", first.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_BeforeAllIsDone_IsOfWhatIsThere()
    {
        await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]"));

        var outcome = Open("a", TinyExperiment.Create(_data)).Report(TestContext.Current.CancellationToken);

        Assert.Equal(["espcn-8-x2.none.seed-2", "espcn-8-x2.cbam.seed-2"], outcome.Missing);
        Assert.Equal(1, Assert.Single(outcome.Report.Questions).Decisive!.Seeds.Seeds);
        Assert.Contains("2 of 4 runs are still to be done", File.ReadAllText(Path.Combine(_data.Run("a"), "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OnlyTheReportIsToLookDifferent_GoesOn() =>
        Assert.Equal("new", OpenTwice("pictures=1", "title=new").Title);

    [Fact]
    public async Task RunAsync_PlannedForAnotherDevice_IsRefusedAndReportsAreNot()
    {
        Open("a", TinyExperiment.Create(_data));
        var elsewhere = new AblationOptions { Threads = 1, Device = new OtherDevice() };

        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("a", TinyExperiment.Create(_data), elsewhere));

        Assert.Contains("was planned for cpu, and this is other", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, Open("a", TinyExperiment.Create(_data), elsewhere).Report(TestContext.Current.CancellationToken).Missing.Count);
    }

    [Theory]
    [InlineData("variants.1.attention.reduction=4")]
    [InlineData("variants.1={\"name\":\"CBAM\",\"asSlowAs\":\"none\"}")]
    [InlineData("variants.1.learningRate=5e-4")]
    public void Open_AVariantComesBackWithOtherOptions_IsRefused(string change)
    {
        Open("a", TinyExperiment.Create(_data));
        Open("a", TinyExperiment.Create(_data, "variants=[{\"name\":\"none\"}]"));

        var error = Assert.Throws<TrainingException>(() => Open("a", TinyExperiment.Create(_data, change)));

        Assert.Contains("has runs of a variant 'CBAM' with other options", error.Message, StringComparison.Ordinal);
        Assert.NotNull(Open("a", TinyExperiment.Create(_data)));
    }

    [Fact]
    public async Task RunAsync_MoreScalesLater_HasTheirBaselinesToo()
    {
        await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", "variants=[{\"name\":\"none\"}]"));

        var outcome = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", "variants=[{\"name\":\"none\"}]", "scales=[2,3]"));
        Assert.Equal([("bicubic", 2), ("sharpen", 2), ("bicubic", 3), ("sharpen", 3)], outcome.Report.Baselines.Select(baseline => (baseline.Method, baseline.Scale)));

        outcome = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", "variants=[{\"name\":\"none\"}]", "scales=[3]"));
        Assert.Equal([3, 3], outcome.Report.Baselines.Select(baseline => baseline.Scale));
    }

    [Fact]
    public async Task RunAsync_ATestImageThatCantBeRead_IsSaidBeforeAnythingIsTrained()
    {
        var test = Directory.CreateDirectory(Path.Combine(_data.Folder, "test")).FullName;
        File.Copy(Path.Combine(_data.Folder, "0.png"), Path.Combine(test, "0.png"));
        File.WriteAllBytes(Path.Combine(test, "1.png"), File.ReadAllBytes(Path.Combine(_data.Folder, "1.png"))[..200]);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync("a", TinyExperiment.Create(_data, $"test.0.path={test.Replace('\\', '/')}")));

        Assert.Contains("'1' of three can't be measured", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_data.Run("a"), "cells")));
    }

    [Fact]
    public async Task Report_TestImagesChanged_SaysWhatToDo()
    {
        var test = Directory.CreateDirectory(Path.Combine(_data.Folder, "test")).FullName;
        File.Copy(Path.Combine(_data.Folder, "1.png"), Path.Combine(test, "1.png"));
        var experiment = TinyExperiment.Create(_data, "seeds=[1]", "variants=[{\"name\":\"none\"}]", $"test.0.path={test.Replace('\\', '/')}");
        await RunAsync("a", experiment);
        File.Copy(Path.Combine(_data.Folder, "0.png"), Path.Combine(test, "0.png"));

        var error = Assert.Throws<TrainingException>(() => Open("a", experiment).Report(TestContext.Current.CancellationToken));
        var part = Open("a", experiment, new AblationOptions { Threads = 1, Shard = 1, Shards = 2 }).Report(TestContext.Current.CancellationToken);

        Assert.Equal("espcn-8-x2.none.seed-1", Assert.Single(part.Missing));
        Assert.Contains("'three' has other images than when espcn-8-x2.none.seed-1 was measured", error.Message, StringComparison.Ordinal);
        var outcome = await RunAsync("a", experiment);
        Assert.Equal(["0", "1"], outcome.Report.Cells[0].On("three")!.Images);
        Assert.Equal(["0", "1"], outcome.Report.Baselines[0].Sets[0].Images);
    }

    [Fact]
    public async Task RunAsync_AnotherTestSetLater_MeasuresOnlyThatAndTrainsNothing()
    {
        var (one, two) = ($$"""{"path":"{{_data.JsonFolder}}","name":"three","first":2}""", $$"""{"path":"{{_data.JsonFolder}}","name":"one","first":1}""");
        var before = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", $"test=[{one}]"));
        var metrics = Metrics();

        var more = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", $"test=[{one},{two}]"));
        Assert.Equal(["three", "one"], more.Report.Cells[1].Sets.Select(set => set.Dataset));
        Assert.Equal(before.Report.Questions[0].Sentence, more.Report.Questions[0].Sentence);

        // The other one decides: it has its gates too, as if it had always been first.
        var other = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", $"test=[{two}]"));
        var fresh = await RunAsync("b", TinyExperiment.Create(_data, "seeds=[1]", $"test=[{two}]"));
        Assert.Equal(Untimed(fresh.Report), Untimed(other.Report));

        var again = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", $"test=[{one}]"));
        Assert.Equal(before.Report.ToJson(), again.Report.ToJson());
        Assert.Equal(metrics, Metrics());

        DateTime[] Metrics() => [.. Directory.GetFiles(_data.Run("a"), "metrics.jsonl", SearchOption.AllDirectories).Order().Select(File.GetLastWriteTimeUtc)];
    }

    [Fact]
    public async Task RunAsync_AnotherTestSetButTheWeightsAreGone_SaysSoAndTrainsNothing()
    {
        await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]"));
        File.Delete(Path.Combine(_data.Run("a"), "cells", "espcn-8-x2.cbam.seed-1", "final.safetensors"));

        var outcome = await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]", "test.0.name=again"));

        Assert.Equal("espcn-8-x2.cbam.seed-1", Assert.Single(outcome.Failed));
        Assert.Contains("its weights are gone", outcome.Report.Cells[1].Failure, StringComparison.Ordinal);
        Assert.Empty((await RunAsync("a", TinyExperiment.Create(_data, "seeds=[1]"))).Failed);
    }

    [Fact]
    public void Open_ATestSetOfTheSameNameWithOtherImages_IsRefused()
    {
        Open("a", TinyExperiment.Create(_data));

        var error = Assert.Throws<TrainingException>(() => Open("a", TinyExperiment.Create(_data, "test.0.first=1")));

        Assert.Contains("'test.three' differs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ImagesSmallerThanThePatches_SaysWhichBeforeAnythingIsDone()
    {
        var error = Assert.Throws<RecipeException>(() => Open("a", TinyExperiment.Create(_data, "training.patches.0.size=64")));

        Assert.Contains("3 training images are smaller than patches of 64x64 at x2: 0, 1, 2", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data.Run("a")));
    }

    private Experiment OpenTwice(params string[] changes)
    {
        Open("a", TinyExperiment.Create(_data));
        return Open("a", TinyExperiment.Create(_data, changes)).Experiment;
    }

    private static string Untimed(StudyReport report) => (report with { Times = [] }).ToJson();

    private AblationStudy Open(string run, Experiment experiment, AblationOptions? options = null) =>
        AblationStudy.Open(experiment, _data.Run(run), options ?? new AblationOptions { Threads = 1 }, _ => { }, TestContext.Current.CancellationToken);

    private Task<AblationOutcome> RunAsync(string run, Experiment experiment, AblationOptions? options = null, IProgress<CellEvent>? progress = null) =>
        Task.Run(() => Open(run, experiment, options).RunAsync(progress, TestContext.Current.CancellationToken));

    private sealed class OtherDevice : ITrainingDevice
    {
        public string Name => "other";

        public ITrainableNetwork Create(Graph graph, Weights weights, GradientTargets targets = GradientTargets.Parameters) => throw new NotSupportedException();
    }

    private sealed class Recorder(List<CellEvent> events) : IProgress<CellEvent>
    {
        public void Report(CellEvent value)
        {
            lock (events)
            {
                events.Add(value);
            }
        }
    }
}
