using System.Text.Json;
using SuperRes.Evaluation.Studies;
using SuperRes.Imaging;
using SuperRes.Training.Ablation;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Running;

namespace SuperRes.Training.Tests.Ablation;

/// <summary>Going on from the reports of runs that are not there any more.</summary>
public sealed class KnownRunsTests : IDisposable
{
    private const string Plain = "variants=[{\"name\":\"none\"}]";

    private readonly TinyData _data = new();
    private readonly List<string> _messages = [];

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task RunAsync_FromAReportOfSomeRuns_TrainsTheOthersAndReportsAsIfAllWereTrainedHere()
    {
        string[] more = ["seeds=[1,2,3]", "pictures=0"];
        var known = await ReportAsync("known", Plain, "pictures=0");
        var whole = await ReportAsync("whole", more);

        var report = (await RunAsync("b", [known], more)).Report;

        Assert.Equal(["took 2 runs of 'known'"], Told());
        Assert.Equal(Timeless(whole.Report), Timeless(report));
        Assert.False(File.Exists(Path.Combine(Cell("b", "none", 1), "final.safetensors")));
        Assert.True(File.Exists(Path.Combine(Cell("b", "CBAM", 1), "final.safetensors")));
        Assert.True(File.Exists(Path.Combine(Cell("b", "none", 3), "final.safetensors")));
        Assert.Equal(known.Report.Times, report.Times.Where(time => time.Cell.Contains("none.seed-1", StringComparison.Ordinal) || time.Cell.Contains("none.seed-2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RunAsync_FromTheReportOfASearch_TrainsNothingOfIt()
    {
        string[] search = ["seeds=[1]", "search={\"kind\":\"halving\",\"trials\":2,\"keep\":2,\"learningRate\":[1e-4,1e-2]}"];
        var known = await ReportAsync("known", search);

        var outcome = await RunAsync("b", [known], search);

        Assert.Equal(6, outcome.Report.Cells.Count);
        Assert.Equal(Timeless(known.Report), Timeless(outcome.Report));
        Assert.False(Directory.EnumerateFiles(_data.Run("b"), "final.safetensors", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public async Task Open_AControlOfCostThatAReportHas_IsTakenAsItWasChosen()
    {
        const string Control = "variants=[{\"name\":\"none\"},{\"name\":\"CBAM\",\"attention\":{\"reduction\":2}},{\"name\":\"wider\",\"asSlowAs\":\"CBAM\"}]";
        var known = await ReportAsync("known", Plain, "seeds=[1]");

        // No measurement would choose a network ten times as wide.
        var chosen = new StudyControl("ESPCN 8 x2", "wider", "CBAM", known.Report.Cells[0].Options.Replace("\"features\":8", "\"features\":80", StringComparison.Ordinal), 1.25);
        var plan = Open("b", [known with { Report = known.Report with { Controls = [chosen] } }], Control).Plan;

        Assert.Equal(80, Assert.IsType<Networks.Architectures.EspcnOptions>(plan.Arms[2].Network).Features);
        Assert.Equal(1.25, plan.Arms[2].TimeRatio);
    }

    [Fact]
    public async Task Open_StepsOfEqualTimeThatAReportHas_AreTakenAsTheyWereMeasured()
    {
        const string EqualTime = "budget={\"steps\":6,\"kind\":\"time\"}";
        var known = await ReportAsync("known", EqualTime, "seeds=[1]");
        StudyCell[] cells = [.. known.Report.Cells.Select(cell => cell.Variant == "none" ? cell : cell with { Steps = 1234 })];

        var plan = Open("b", [known with { Report = known.Report with { Cells = cells } }], EqualTime, "seeds=[1]").Plan;

        Assert.Equal([6, 1234], plan.Arms.Select(arm => arm.Steps));
        Assert.Equal(["took 2 runs of 'known'"], Told());
    }

    [Theory]
    [InlineData("'training' differs", "training.batch=3")]
    [InlineData("'budget' differs", "budget.steps=4")]
    [InlineData("'variants.CBAM' differs", "variants.1.attention.reduction=4")]
    [InlineData("'networks' differs", "networks.0.features=16")]
    [InlineData("'test.three' differs", "test.0.first=1")]
    public async Task Open_AReportOfAnotherExperiment_IsRefusedAndSaysWhatDiffers(string said, string change)
    {
        var known = await ReportAsync("known", "seeds=[1]");

        var error = Assert.Throws<TrainingException>(() => Open("b", [known], change));

        Assert.Contains("'known' is of another experiment: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data.Run("b")));
    }

    [Fact]
    public async Task Open_AReportOfAnotherDevice_IsRefused()
    {
        var known = await ReportAsync("known", "seeds=[1]", Plain);

        var error = Assert.Throws<TrainingException>(() => Open("b", [known with { Report = known.Report with { Device = "cuda:0 (bf16)" } }], Plain));

        Assert.Contains("'known' is of runs on cuda:0 (bf16), and these are on cpu", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":\"tiny\",\"fromTomorrow\":1}", "fromTomorrow")]
    [InlineData(null, "whatever")]
    public async Task Open_AReportThatIsBrokenOrNewer_SaysWhich(string? experiment, string said)
    {
        var known = await ReportAsync("known", "seeds=[1]", Plain);
        var broken = experiment is null
            ? known.Report with { Controls = [new StudyControl("ESPCN 8 x2", "wider", "CBAM", "{\"architecture\":\"whatever\"}", 1)] }
            : known.Report with { Experiment = JsonSerializer.Deserialize<JsonElement>(experiment) };

        var error = Assert.Throws<TrainingException>(() => Open("b", [known with { Report = broken }], Plain));

        Assert.Contains("'known' has something in it that this version can't read: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ARunThatWasMeasuredOnOtherImages_IsRefused()
    {
        var known = await ReportAsync("known", "seeds=[1]", Plain);
        ImageFile.Write(Path.Combine(_data.Folder, "1.png"), TinyData.Waves(96, 80, 7));

        var error = Assert.Throws<TrainingException>(() => Open("b", [known], "seeds=[1]", Plain));

        Assert.Contains("'known': espcn-8-x2.none.seed-1 was measured on other test images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ARunThatWasTrainedOnOtherImages_TrainsNothingBesideIt()
    {
        var known = await ReportAsync("known", "seeds=[1]", Plain);
        ImageFile.Write(Path.Combine(_data.Folder, "2.png"), TinyData.Waves(96, 80, 7)); // Of the three, two are tested on.

        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("b", [known], "seeds=[1]"));

        Assert.Contains("The training images are not those that espcn-8-x2.none.seed-1 was trained on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AReportWithoutARunOfThisExperiment_IsTold()
    {
        var known = await ReportAsync("known", "seeds=[1]", Plain);

        Open("b", [known], "seeds=[2]", Plain);

        Assert.Contains("note: 'known' has no run of this experiment.", _messages);
        Assert.Empty(Told());
    }

    [Fact]
    public async Task Open_AReportOfAnEarlierVersion_IsTakenByWhatItSaysAndTold()
    {
        var known = await ReportAsync("known", "seeds=[1]", Plain);
        var earlier = known with { Report = known.Report with { Experiment = null, Device = null } };

        Open("b", [earlier], "seeds=[1]", Plain);

        Assert.Single(_messages, message => message.StartsWith("note: 'known' is of an earlier version and does not hold its experiment", StringComparison.Ordinal));
        Assert.Equal(["took 1 run of 'known'"], Told());
        var error = Assert.Throws<TrainingException>(() => Open("c", [earlier], "seeds=[1]", Plain, "budget.steps=4"));
        Assert.Contains("its budget is \"6 steps of 2 patches for every run\", and this one's \"4 steps of 2 patches for every run\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ARunOfAReportIsNotWhatIsPlanned_TakesNoneOfIt()
    {
        var known = await ReportAsync("known", "seeds=[1]");
        var earlier = known with { Report = known.Report with { Experiment = null } };

        var error = Assert.Throws<TrainingException>(() => Open("b", [earlier], "seeds=[1]", "variants.1.attention.reduction=4"));

        Assert.Contains("espcn-8-x2.cbam.seed-1 was trained for 6 steps as ", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_data.Run("b"), "cells")));
    }

    [Fact]
    public async Task Open_ReportsOfRunsOnDifferentTrainingImages_AreRefused()
    {
        var first = await ReportAsync("first", "seeds=[1]", Plain);
        ImageFile.Write(Path.Combine(_data.Folder, "2.png"), TinyData.Waves(96, 80, 7)); // Of the three, two are tested on.
        var second = await ReportAsync("second", "seeds=[2]", Plain);

        var error = Assert.Throws<TrainingException>(() => Open("b", [first, second], "seeds=[1,2]", Plain));

        Assert.Contains("espcn-8-x2.none.seed-1 and espcn-8-x2.none.seed-2 were trained on different images", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_data.Run("b"), "cells")));
    }

    [Fact]
    public async Task RunAsync_FromTheReportOfASearchThatLacksARun_TrainsOnlyThat()
    {
        string[] search = ["seeds=[1]", "search={\"kind\":\"halving\",\"trials\":2,\"keep\":2,\"learningRate\":[1e-4,1e-2]}"];
        var known = await ReportAsync("known", search);
        var lacking = known with { Report = known.Report with { Cells = [.. known.Report.Cells.Skip(1)] } };

        var outcome = await RunAsync("b", [lacking], search);

        Assert.Equal(Timeless(known.Report), Timeless(outcome.Report));
        var trained = Assert.Single(Directory.EnumerateFiles(_data.Run("b"), "final.safetensors", SearchOption.AllDirectories));
        Assert.Contains(known.Report.Cells[0].Name, trained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ARunThatASearchDrewOtherwise_IsRefused()
    {
        string[] search = ["seeds=[1]", "search={\"kind\":\"random\",\"trials\":1,\"learningRate\":[1e-4,1e-2]}"];
        var known = await ReportAsync("known", search);
        var earlier = known with { Report = known.Report with { Experiment = null } };

        var error = Assert.Throws<TrainingException>(() => Open("b", [earlier], [.. search, "search.learningRate=[1e-3,1e-2]"]));

        Assert.Contains(" drew learning rate ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AFolderThatWasPlannedForAnotherDevice_TakesNoRunsOfThisOne()
    {
        var known = await ReportAsync("known", "seeds=[1]", Plain);
        Open("b", [], "seeds=[1]", Plain);
        var plan = Path.Combine(_data.Run("b"), "plan.json");
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("\"device\": \"cpu\"", "\"device\": \"cuda:1\"", StringComparison.Ordinal));

        var error = Assert.Throws<TrainingException>(() => Open("b", [known], "seeds=[1]", Plain));

        Assert.Contains("'known' is of runs on cpu, and these are on cuda:1", error.Message, StringComparison.Ordinal);
        Open("b", [known with { Report = known.Report with { Device = "cuda:0" } }], "seeds=[1]", Plain);
        Assert.Equal(["took 1 run of 'known'"], Told());
    }

    [Fact]
    public async Task EstimateLeft_RunsOfAReport_SayNothingOfThisMachine()
    {
        var known = await ReportAsync("known", "seeds=[1]", Plain);
        var slow = known with { Report = known.Report with { Times = [known.Report.Times[0] with { TrainingSeconds = 1e6 }] } };

        Assert.InRange(Open("b", [slow], "seeds=[1,2]", Plain).EstimateLeft(), TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Report_HoldsItsExperiment_AndNoPlaces()
    {
        var report = (await ReportAsync("known", "seeds=[1]", Plain)).Report;

        var text = report.Experiment!.Value.GetRawText();
        Assert.Contains($"\"{Path.GetFileName(_data.Folder)}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(_data.JsonFolder)! + "/", text, StringComparison.Ordinal);
        Assert.Equal(6, ExperimentFile.Parse(text).Budget.Steps);
        Assert.Equal("cpu", report.Device);
    }

    [Theory]
    [InlineData("data/T91", true)]
    [InlineData("/somewhere/else/T91/", true)]
    [InlineData("C:\\\\images\\\\T91", true)]
    [InlineData("data/T92", false)]
    public void Differences_AreOfNames_NotOfPlaces(string path, bool isSame)
    {
        var reported = PlacelessExperiment.Of(TinyExperiment.Create(_data, "training.data.train=[{\"path\":\"images/T91\"}]"));

        var differences = PlacelessExperiment.Differences(reported, TinyExperiment.Create(_data, "name=\"other\"", $"training.data.train=[{{\"path\":\"{path}\"}}]"));

        Assert.Equal(isSame ? [] : ["training"], differences);
    }

    /// <summary>All but what is measured in seconds.</summary>
    private static string Timeless(StudyReport report) => (report with { Times = [] }).ToJson();

    private IEnumerable<string> Told() => _messages.Where(message => message.StartsWith("took ", StringComparison.Ordinal));

    private string Cell(string run, string variant, int seed) => Path.Combine(_data.Run(run), "cells", $"espcn-8-x2.{variant.ToLowerInvariant()}.seed-{seed}");

    private async Task<KnownReport> ReportAsync(string run, params string[] changes) => new(run, (await RunAsync(run, [], changes)).Report);

    private AblationStudy Open(string run, KnownReport[] reports, params string[] changes) => AblationStudy.Open(
        TinyExperiment.Create(_data, changes), _data.Run(run), new AblationOptions { Threads = 1, Reports = reports }, _messages.Add, TestContext.Current.CancellationToken);

    private Task<AblationOutcome> RunAsync(string run, KnownReport[] reports, params string[] changes) =>
        Task.Run(() => Open(run, reports, changes).RunAsync(progress: null, TestContext.Current.CancellationToken));
}
