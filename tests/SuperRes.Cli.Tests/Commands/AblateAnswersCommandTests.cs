using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

public sealed class AblateAnswersCommandTests : IDisposable
{
    private static readonly string Study = Path.Combine(DocumentationTests.RepositoryRoot(), "docs", "results");

    private static readonly string Espcn = Path.Combine(Study, "espcn-x4-cbam-40000", "report.json");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_OfTheStudy_AreThoseThatItShows()
    {
        var output = _folder["answers"];

        var run = await CliRun.RunAsync(
            "ablate", "answers", Study, "-o", output, "--question", "CBAM against none", "--question", "constant gates against none", "--question", "CBAM against constant gates",
            "--question", "CBAM against itself with frozen gates");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.All(["answers.svg", "answers.md", "answers.csv"], file => Assert.Equal(File.ReadAllText(Path.Combine(Study, file)), File.ReadAllText(Path.Combine(output, file))));
    }

    [Fact]
    public async Task Answers_OfOneReport_AreItsOwn()
    {
        var run = await CliRun.RunAsync("ablate", "answers", Espcn, "--question", "CBAM against none", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var answer = Assert.Single(run.Json.GetProperty("answers").EnumerateArray());
        Assert.Equal((40000, 8), (answer.GetProperty("steps").GetInt32(), answer.GetProperty("seeds").GetInt32()));
        Assert.Equal(-0.382, answer.GetProperty("difference").GetDouble(), 3);
        Assert.Equal(-0.359, answer.GetProperty("overSeeds")[1].GetDouble(), 3);
    }

    [Fact]
    public async Task Answers_AsText_StandInATable()
    {
        var run = await CliRun.RunAsync("ablate", "answers", Path.GetDirectoryName(Espcn)!);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("PSNR in dB on DIV2K crops 0851 to 0900, protocol y", run.Output, StringComparison.Ordinal);
        Assert.Contains("[−0.406, −0.359]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_OfExperimentsOfOneName_AreToldApartByTheirPaths()
    {
        File.Copy(Espcn, _folder["one/espcn/report.json"]);
        File.Copy(Path.Combine(Study, "edsr-8x32-x4-cbam-3000", "report.json"), _folder["two/espcn/report.json"]);

        var run = await CliRun.RunAsync("ablate", "answers", _folder["one"], _folder["two"], "--question", "CBAM against none", "--json");

        Assert.Equal(
            [_folder["two/espcn"], _folder["one/espcn"]],
            run.Json.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("report").GetString()));
    }

    [Fact]
    public async Task Answers_OfAReportThatCantBeRead_IsLeftOutAndSaid()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes links for administrators only.");
        File.Copy(Espcn, _folder["report.json"]);
        File.CreateSymbolicLink(_folder["gone/report.json"], "nowhere.json");

        var run = await CliRun.RunAsync("ablate", "answers", _folder.Path);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("can't be read, and is left out", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_OtherFilesInAFolder_AreLeftOutAndSaid()
    {
        File.Copy(Espcn, _folder["report.json"]);
        File.WriteAllText(_folder["other/report.json"], "{}");

        var run = await CliRun.RunAsync("ablate", "answers", _folder.Path);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("is no report of an experiment, and is left out", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_NoReport_IsSaid()
    {
        File.WriteAllText(_folder["notes.txt"], "nothing");
        (string Path, string Said)[] wrong = [("missing", "does not exist"), (".", "has no report.json"), ("notes.txt", "is not the JSON of a study's report")];

        foreach (var (path, said) in wrong)
        {
            var run = await CliRun.RunAsync("ablate", "answers", _folder[path]);

            Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Answers_AnUnknownQuestion_IsSaidWithThoseThereAre()
    {
        var run = await CliRun.RunAsync("ablate", "answers", Espcn, "--question", "CBAM");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("'CBAM' was not asked. These were: CBAM against none; ", run.Error, StringComparison.Ordinal);
    }
}
