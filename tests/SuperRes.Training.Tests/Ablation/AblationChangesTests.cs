using System.Text.Json.Nodes;
using SuperRes.Evaluation.Studies;
using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Training.Ablation;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Running;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Ablation;

/// <summary>What happens when something in an experiment's folder, or beside it, has changed between two starts.</summary>
public sealed class AblationChangesTests : IDisposable
{
    private const string Plain = "variants=[{\"name\":\"none\"}]";
    private const string Cell = "espcn-8-x2.none.seed-1";

    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("1.png")]
    [InlineData("LR_bicubic/X2/1x2.png")]
    public async Task RunAsync_OtherPixelsUnderTheSameNames_MeasuresAgain(string changed)
    {
        const string Twins = "variants=[{\"name\":\"none\"},{\"name\":\"twin\",\"network\":{\"architecture\":\"espcn\",\"scale\":2,\"features\":8}}]";
        Directory.CreateDirectory(Path.Combine(TestFolder(), "LR_bicubic", "X2"));
        ImageFile.Write(Path.Combine(TestFolder(), "1.png"), TinyData.Waves(96, 80, 1));
        ImageFile.Write(Path.Combine(TestFolder(), "LR_bicubic", "X2", "1x2.png"), TinyData.Waves(48, 40, 1));
        var image = Path.Combine(TestFolder(), changed);
        var before = (await RunAsync(Plain, OnTestFolder)).Report;
        var (width, height) = changed == "1.png" ? (96, 80) : (48, 40);
        ImageFile.Write(image, TinyData.Waves(width, height, 7));

        var report = (await RunAsync(Twins, OnTestFolder)).Report;

        Assert.Equal(0, Assert.Single(report.Questions).Decisive!.Seeds.Mean);
        Assert.NotEqual(before.Cells[0].On("three")!.By("y").Psnr, report.Cells[0].On("three")!.By("y").Psnr);
        Assert.NotEqual(before.Baselines[0].Sets[0].By("y").Psnr, report.Baselines[0].Sets[0].By("y").Psnr);
    }

    [Fact]
    public async Task RunAsync_ResultsThatKnowImagesByNameOnly_AreTakenAsTheyAre()
    {
        var first = await RunAsync(Plain);
        Edit("result.json", result => result["sets"]![0]!.AsObject().Remove("imageHashes"));
        var events = new List<CellEvent>();

        var again = await RunAsync(new Recorder(events), Plain);

        Assert.Empty(events);
        Assert.Equal(first.Report.Cells[0].Sets[0].By("y").Psnr, again.Report.Cells[0].Sets[0].By("y").Psnr);
        Assert.DoesNotContain("imageHashes", File.ReadAllText(InCell("result.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData(null)]
    public async Task RunAsync_ABrokenManifestBesideCheckpoints_LeavesTheRunAlone(string? manifest)
    {
        await RunAsync(Plain);
        File.Delete(InCell("result.json"));
        Break("run.json", manifest);
        var recipe = File.GetLastWriteTimeUtc(InCell("recipe.json"));

        var outcome = await RunAsync(Plain);

        Assert.Equal(Cell, Assert.Single(outcome.Failed));
        Assert.Contains("run.json", outcome.Report.Cells[0].Failure, StringComparison.Ordinal);
        Assert.Contains("Put ", outcome.Report.Cells[0].Failure, StringComparison.Ordinal);
        Assert.Equal(recipe, File.GetLastWriteTimeUtc(InCell("recipe.json")));
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("recipe.json")]
    public async Task RunAsync_AFileThatCantBeReadNow_IsNoTornStart(string file)
    {
        await RunAsync(Plain);
        File.Delete(InCell("result.json"));
        File.Delete(InCell("final.safetensors"));
        Directory.Delete(InCell("checkpoints"), recursive: true);

        AblationOutcome outcome;
        using (new FileStream(InCell(file), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            outcome = await RunAsync(Plain);
        }

        Assert.Contains("can't be read: ", Assert.Single(outcome.Report.Cells).Failure, StringComparison.Ordinal);
        Assert.True(File.Exists(InCell("recipe.json")));
        Assert.Empty((await RunAsync(Plain)).Failed);
    }

    [Theory]
    [InlineData("run.json", "{")]
    [InlineData("run.json", null)]
    [InlineData("recipe.json", "{")]
    public async Task RunAsync_ATornStartWithoutWork_IsBegunAnew(string file, string? content)
    {
        await RunAsync(Plain);
        File.Delete(InCell("result.json"));
        File.Delete(InCell("final.safetensors"));
        Directory.Delete(InCell("checkpoints"), recursive: true);
        Break(file, content);

        Assert.Empty((await RunAsync(Plain)).Failed);
    }

    [Theory]
    [InlineData("steps", "7", "6 steps")]
    [InlineData("network", """{"architecture":"espcn","scale":2,"features":16}""", "features")]
    public async Task Open_APlanThatRunsWereNotMadeBy_IsRefused(string key, string value, string said)
    {
        // A control for cost: its network is what the plan says.
        const string Control = "variants=[{\"name\":\"none\"},{\"name\":\"wider\",\"asSlowAs\":\"none\"}]";
        await RunAsync(Control);
        var path = Path.Combine(_data.Run("a"), "plan.json");
        var plan = JsonNode.Parse(File.ReadAllText(path))!;
        plan["arms"]![1]![key] = JsonNode.Parse(value);
        File.WriteAllText(path, plan.ToJsonString());

        var error = Assert.Throws<TrainingException>(() => Open(Control));

        Assert.Contains("espcn-8-x2.wider.seed-1", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains("name another folder with --run", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AVariantWithALearningRateOfItsOwn_IsTrainedWithItAndNeverTakenForAnother()
    {
        await RunAsync(Plain);
        string Slower(string rate) => $$"""variants=[{"name":"none"},{"name":"slower","learningRate":{{rate}}}]""";

        var report = (await RunAsync(Slower("5e-5"))).Report;

        Assert.Equal([null, 5e-5], report.Cells.Select(cell => cell.LearningRate));
        Assert.NotEqual(0, Assert.Single(report.Questions).Decisive!.Seeds.Mean);
        Assert.Contains("- slower has an initial learning rate of its own, 5E-05.\n", File.ReadAllText(Path.Combine(_data.Run("a"), "report.md")), StringComparison.Ordinal);
        Assert.Equal([1e-4, 5e-5], new[] { Cell, "espcn-8-x2.slower.seed-1" }.Select(cell => RecipeFile.Read(InCell("recipe.json", cell)).Optimizer.LearningRate.Initial));
        Assert.Contains("variants.slower", Assert.Throws<TrainingException>(() => Open(Slower("6e-5"))).Message, StringComparison.Ordinal);

        // Its result is there, and another plan is made for it.
        File.Delete(Path.Combine(_data.Run("a"), "experiment.json"));
        File.Delete(Path.Combine(_data.Run("a"), "plan.json"));
        var error = Assert.Throws<TrainingException>(() => Open(Slower("6e-5")));
        Assert.Contains("6 steps at a learning rate of 5E-05 as ", error.Message, StringComparison.Ordinal);
        Assert.Contains("6 steps at a learning rate of 6E-05 as ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TestImagesWithNamesAlike_HaveAPictureEach()
    {
        foreach (var (name, seed) in new[] { ("a_1", 1), ("a-1", 2), ("木", 3), ("山", 4) })
        {
            ImageFile.Write(Path.Combine(TestFolder(), name + ".png"), TinyData.Waves(96, 80, seed));
        }

        var pictures = (await RunAsync(OnTestFolder, "pictures=4", "test.0.first=0")).Report.Pictures;

        // A figure for each image, and one of what CBAM's gates do to it.
        Assert.Equal(8, pictures.Select(picture => picture.File).Distinct().Count());
        Assert.All(pictures, picture => Assert.True(File.Exists(Path.Combine(_data.Run("a"), picture.File))));
        Assert.Contains("figures/espcn-8-x2-a-1.png", pictures.Select(picture => picture.File));
    }

    [Fact]
    public void Open_ATestSetWithoutImages_IsRefused()
    {
        var error = Assert.Throws<DatasetException>(() => Open("test.0.names=\" , \""));

        Assert.Contains("the names are empty", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data.Run("a")));
    }

    [Theory]
    [InlineData("result.json", "")]
    [InlineData("time.json", "{")]
    public async Task Open_ADamagedRecordOfARun_SaysWhichAndWhatToDo(string file, string content)
    {
        await RunAsync(Plain);
        Break(file, content);

        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync(Plain));

        Assert.Contains($"{file}' is damaged", error.Message, StringComparison.Ordinal);
        File.Delete(InCell(file));
        Assert.Empty((await RunAsync(Plain)).Missing);
    }

    [Fact]
    public async Task RunAsync_DamagedBaselines_MeasuresThemAgain()
    {
        var before = (await RunAsync(Plain)).Report;
        File.WriteAllText(Path.Combine(_data.Run("a"), "baselines.json"), "[");

        Assert.Equal(before.ToJson(), (await RunAsync(Plain)).Report.ToJson());
    }

    [Fact]
    public async Task Open_TheExperimentOfTheRunsIsGone_IsRefused()
    {
        await RunAsync(Plain);
        File.Delete(Path.Combine(_data.Run("a"), "experiment.json"));

        var error = Assert.Throws<TrainingException>(() => Open(Plain));

        Assert.Contains("has a plan and no experiment.json", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_data.Run("a"), "experiment.json")));
    }

    [Fact]
    public async Task RunAsync_AFinishedRunOfAnotherRecipe_IsNotTakenForThisOne()
    {
        await RunAsync(Plain);
        File.Delete(InCell("result.json"));
        Edit("recipe.json", recipe => recipe["batch"] = 1);

        var outcome = await RunAsync(Plain);

        Assert.Contains("'batch' was 1 and is now 2", Assert.Single(outcome.Report.Cells).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EstimateLeft_ATimeWithoutEnd_CountsThePlannedOne()
    {
        await RunAsync(Plain);
        Edit("time.json", time => time["trainingSeconds"] = "Infinity");

        Assert.InRange(Open(Plain, "seeds=[1,2]").EstimateLeft(), TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>The plan's times are of two threads: with one a cell takes twice as long, and three cells, two at a time, take as long as two of those.</summary>
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(2, 2, 4)]
    [InlineData(1, 1, 6)]
    [InlineData(4, 2, 4)] // No more at a time than threads.
    public void EstimateLeft_OtherJobsAndThreadsThanPlannedWith_CountsTheirTime(int jobs, int threads, int cells)
    {
        var experiment = TinyExperiment.Create(_data, [Plain, "seeds=[1,2,3]"]);
        var planned = Open(new AblationOptions { Threads = 2 });

        var left = Open(new AblationOptions { Threads = threads, Jobs = jobs }).EstimateLeft();

        var arm = planned.Plan.Arms.Single();
        Assert.Equal(2, arm.StepThreads);
        Assert.Equal(cells * arm.Steps * arm.StepMilliseconds, left.TotalMilliseconds, 3);

        AblationStudy Open(AblationOptions options) => AblationStudy.Open(experiment, _data.Run("a"), options, _ => { }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_AnotherTestSetBesideTheOneThatDecides_KeepsWhatIsKnownOfTheGates()
    {
        string[] attentive = ["variants=[{\"name\":\"CBAM\",\"attention\":{\"reduction\":2}}]"];
        await RunAsync(attentive);
        Edit("result.json", result => result["channelGates"]!["mean"] = 0.12345, "espcn-8-x2.cbam.seed-1");
        var more = $$"""test=[{"path":"{{_data.JsonFolder}}","name":"three","first":2},{"path":"{{_data.JsonFolder}}","name":"one","first":1}]""";

        var cell = (await RunAsync([.. attentive, more])).Report.Cells[0];

        Assert.Equal(0.12345, cell.ChannelGates!.Mean);
        Assert.Equal(["three", "one"], cell.Sets.Select(set => set.Dataset));
    }

    [Fact]
    public async Task Report_NothingHasChanged_KeepsThePictures()
    {
        string[] changes = ["pictures=1", "seeds=[1,2]"];
        var first = await RunAsync(changes);
        string[] files = [.. first.Report.Pictures.Select(picture => Path.Combine(_data.Run("a"), picture.File))];
        var (painted, longAgo) = (File.ReadAllBytes(files[0]), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Array.ForEach(files, file => File.SetLastWriteTimeUtc(file, longAgo));

        var again = Open(changes).Report(TestContext.Current.CancellationToken);
        Assert.All(files, file => Assert.Equal(longAgo, File.GetLastWriteTimeUtc(file)));
        Assert.Equal(first.Report.ToJson(), again.Report.ToJson());

        // Another number of pictures, a picture that is gone or another, or other weights: painted again.
        Assert.Equal(4, Report().Pictures.Count);
        Assert.All(files, file => Assert.NotEqual(longAgo, File.GetLastWriteTimeUtc(file)));
        File.Delete(files[0]);
        Report();
        Assert.Equal(painted, File.ReadAllBytes(files[0]));
        File.WriteAllText(files[0], "another");
        Report();
        Assert.Equal(painted, File.ReadAllBytes(files[0]));
        File.Copy(Path.Combine(_data.Run("a"), "cells", "espcn-8-x2.none.seed-2", "final.safetensors"), InCell("final.safetensors"), overwrite: true);
        Report();
        Assert.NotEqual(painted, File.ReadAllBytes(files[0]));

        StudyReport Report() => Open("pictures=2", "seeds=[1,2]").Report(TestContext.Current.CancellationToken).Report;
    }

    private string OnTestFolder => $"test.0.path={TestFolder().Replace('\\', '/')}";

    private string TestFolder() => Directory.CreateDirectory(Path.Combine(_data.Folder, "test")).FullName;

    private string InCell(string file, string cell = Cell) => Path.Combine(_data.Run("a"), "cells", cell, file);

    private void Edit(string file, Action<JsonNode> change, string cell = Cell)
    {
        var json = JsonNode.Parse(File.ReadAllText(InCell(file, cell)))!;
        change(json);
        File.WriteAllText(InCell(file, cell), json.ToJsonString());
    }

    private void Break(string file, string? content)
    {
        if (content is null)
        {
            File.Delete(InCell(file));
        }
        else
        {
            File.WriteAllText(InCell(file), content);
        }
    }

    /// <summary>With one seed, unless the changes say otherwise.</summary>
    private AblationStudy Open(params string[] changes) => AblationStudy.Open(
        TinyExperiment.Create(_data, ["seeds=[1]", .. changes]), _data.Run("a"), new AblationOptions { Threads = 1 }, _ => { }, TestContext.Current.CancellationToken);

    private Task<AblationOutcome> RunAsync(params string[] changes) => RunAsync(null, changes);

    private Task<AblationOutcome> RunAsync(IProgress<CellEvent>? progress, params string[] changes) =>
        Task.Run(() => Open(changes).RunAsync(progress, TestContext.Current.CancellationToken));

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
