using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

public sealed class AblateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TinyAblation _tiny;

    public AblateCommandTests() => _tiny = new TinyAblation(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ablate_Plan_IsShownAndNothingIsTrained()
    {
        var run = await CliRun.RunAsync("ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), "--plan");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("ESPCN 8 x2  CBAM", run.Output, StringComparison.Ordinal);
        Assert.Contains("tiny: 4 runs; about ", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_tiny.Run("a"), "cells")));
    }

    [Fact]
    public async Task Ablate_PlanOfAPart_AsJson_HasThePartsRuns()
    {
        var run = await CliRun.RunAsync("ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), "--plan", "--shard", "1/2", "--json", "-q");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(2, run.Json.GetProperty("runs").GetInt32());
        Assert.Equal(["none", "CBAM"], run.Json.GetProperty("arms").EnumerateArray().Select(arm => arm.GetProperty("variant").GetString()));
    }

    [Fact]
    public async Task Ablate_ASearch_SaysWhatIsBest()
    {
        string[] search = ["--set", "seeds=[1]", "--set", "search={\"kind\":\"halving\",\"trials\":2,\"keep\":2,\"learningRate\":[1e-4,1e-2]}"];
        var plan = await CliRun.RunAsync(["ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), "--plan", .. search]);
        Assert.Contains("tiny: at most 6 runs; about ", plan.Output, StringComparison.Ordinal);

        var run = await CliRun.RunAsync(["ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), .. search]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Best of ESPCN 8 x2, none: learning rate ", run.Output, StringComparison.Ordinal);
        Assert.Contains("(6 of 6)", run.Error, StringComparison.Ordinal);
        var again = await CliRun.RunAsync(["ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), "--report", "--json", .. search]);
        Assert.Equal(["none", "CBAM"], again.Json.GetProperty("best").EnumerateArray().Select(trial => trial.GetProperty("variant").GetString()));
    }

    [Fact]
    public async Task Ablate_AnExperimentBeforeAnswers_IsAnError()
    {
        var run = await CliRun.RunAsync("ablate", "some.json", "--jobs", "2", "answers", _folder["results"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("'some.json' is for 'superres ablate' and stands before 'answers'", run.Error, StringComparison.Ordinal);
        Assert.Contains("--jobs is for 'superres ablate'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ablate_Report_IsWrittenAndNothingIsTrained()
    {
        var run = await CliRun.RunAsync("ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), "--report");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("4 runs still to be done", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_tiny.Run("a"), "report.html")));
        Assert.False(Directory.Exists(Path.Combine(_tiny.Run("a"), "cells")));
    }

    [Fact]
    public async Task Ablate_Json_IsOneDocumentWithTheAnswers()
    {
        var run = await CliRun.RunAsync("ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), "--set", "seeds=[1]", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var answer = Assert.Single(run.Json.GetProperty("answers").EnumerateArray());
        Assert.StartsWith("CBAM changes ESPCN 8 x2 by ", answer.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(run.Json.GetProperty("report").GetString()));
    }

    [Fact]
    public async Task Ablate_FromAReport_TrainsWhatItLacks()
    {
        var experiment = _tiny.Experiment(6);
        await CliRun.RunAsync("ablate", experiment, "--run", _tiny.Run("a"), "--set", "seeds=[1]");

        var run = await CliRun.RunAsync("ablate", experiment, "--run", _tiny.Run("b"), "--from", _tiny.Run("a"));

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains($"took 2 runs of '{_tiny.Run("a")}'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("seed-1", run.Error, StringComparison.Ordinal);
        Assert.Contains("seed-2", run.Error, StringComparison.Ordinal);
        Assert.Contains("over 2 seeds", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ablate_FromWhatIsNoReport_IsSaid()
    {
        var run = await CliRun.RunAsync("ablate", _tiny.Experiment(6), "--run", _tiny.Run("b"), "--from", _folder["none.json"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("none.json' does not exist. Name a report.json", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_tiny.Run("b")));
    }

    [Fact]
    public async Task Ablate_ACellFails_ReturnsOneAndDoesTheRest()
    {
        var blocked = Path.Combine(_tiny.Run("a"), "cells", "espcn-8-x2.none.seed-1", "metrics.jsonl");
        Directory.CreateDirectory(blocked);

        var run = await CliRun.RunAsync("ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"));

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("failed espcn-8-x2.none.seed-1: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 run failed", run.Error, StringComparison.Ordinal);
        Assert.Contains("in one seed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ablate_OfOneRun_CallsItOne()
    {
        var run = await CliRun.RunAsync("ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), "--plan", "--shard", "1/4");

        Assert.Contains("tiny: 1 run; about ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Give one of them", "experiment.json", "--plan", "--report")]
    [InlineData("is a folder, expected a JSON file", ".")]
    public async Task Ablate_WrongArguments_SaysWhatIsWrong(string expected, params string[] arguments)
    {
        var run = await CliRun.RunAsync(["ablate", .. arguments]);

        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ablate_Schema_IsThatOfExperiments()
    {
        var run = await CliRun.RunAsync("ablate", "--schema");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("SuperRes experiment", run.Json.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Ablate_WithoutAnExperiment_SaysWhereThereAreSome()
    {
        var run = await CliRun.RunAsync("ablate");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("recipes/experiments", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1")]
    public async Task Ablate_AWrongShard_IsSaid(string shard)
    {
        var run = await CliRun.RunAsync("ablate", "experiment.json", "--shard", shard);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"'{shard}' is no part", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ablate_AWrongExperiment_ReturnsTwoWithEveryFault()
    {
        var run = await CliRun.RunAsync("ablate", _tiny.Experiment(6), "--run", _tiny.Run("a"), "--set", "seeds=[]", "--set", "level=2");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("'seeds' is empty", run.Error, StringComparison.Ordinal);
        Assert.Contains("'level' is 2", run.Error, StringComparison.Ordinal);
    }
}
