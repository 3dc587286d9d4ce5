using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

public sealed class RunsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TinyRun _tiny;

    public RunsCommandTests() => _tiny = new TinyRun(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_OfAParent_HasEveryRun()
    {
        await TrainTwoAsync();

        var runs = (await CliRun.RunAsync("runs", "list", _folder["runs"], "--json")).Json.GetProperty("runs").EnumerateArray().ToArray();

        Assert.Equal([_tiny.Run("a"), _tiny.Run("b")], runs.Select(run => run.GetProperty("run").GetString()));
        Assert.All(runs, run => Assert.Equal("finished", run.GetProperty("state").GetString()));
        Assert.Equal([40L, 20L], runs.Select(run => run.GetProperty("step").GetInt64()));
        var last = File.ReadLines(Path.Combine(_tiny.Run("a"), "validation.jsonl")).Last();
        Assert.Contains(FormattableString.Invariant($"\"psnr\":{runs[0].GetProperty("last").GetProperty("psnr").GetDouble():R}"), last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfARunNamedInSeveralWays_HasItOnce()
    {
        await TrainTwoAsync();

        var listed = await CliRun.RunAsync("runs", "list", _folder["runs"], _tiny.Run("a"), _tiny.Run("a") + "/", Path.Combine(_folder["runs"], ".", "a"), "--json");

        Assert.Equal(2, listed.Json.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task List_AsText_HasALinePerRun()
    {
        await TrainTwoAsync();

        var lines = (await CliRun.RunAsync("runs", "list", _folder["runs"])).Output.TrimEnd().Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.Contains("espcn x2  finished  40/40", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithABrokenRun_HasTheOthersAndNamesIt()
    {
        await TrainTwoAsync();
        File.WriteAllText(_folder["runs/broken/recipe.json"], "{");

        var list = await CliRun.RunAsync("runs", "list", _folder["runs"]);
        var compare = await CliRun.RunAsync("runs", "compare", _folder["runs"]);

        Assert.Equal((ExitCode.SomeFailed, ExitCode.SomeFailed), (list.ExitCode, compare.ExitCode));
        Assert.Equal(3, list.Output.TrimEnd().Split('\n').Length);
        Assert.Contains("seed", compare.Output, StringComparison.Ordinal);
        Assert.Contains("broken", Assert.Single(list.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ARunWithoutItsManifest_IsOneDocumentThatSaysSo()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(20), "--run", _tiny.Run("a"));
        File.Delete(_folder["runs/a/run.json"]);

        var run = await CliRun.RunAsync("runs", "show", _tiny.Run("a"), "--json");

        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains("run.json", run.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ARun_HasItsRecipeAndCurves()
    {
        await TrainTwoAsync();

        var run = await CliRun.RunAsync("runs", "show", _tiny.Run("a"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("4 patches of 8x8", run.Output, StringComparison.Ordinal);
        Assert.Contains('█', run.Output);
    }

    [Fact]
    public async Task Show_OfADamagedRecord_NamesItsLine()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));
        File.WriteAllText(_folder["runs/a/run.json"], "{\n  \"started\": oops\n}");

        var run = await CliRun.RunAsync("runs", "show", _tiny.Run("a"));

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"'{_folder["runs/a/run.json"]}', line 2, column 14: 'o' is an invalid start of a value. Start a new run.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_TwoRuns_ShowsOnlyWhatDiffers()
    {
        await TrainTwoAsync();

        var runs = (await CliRun.RunAsync("runs", "compare", _tiny.Run("a"), _tiny.Run("b"), "--json")).Json.GetProperty("runs");

        var differing = runs[1].GetProperty("differing").EnumerateObject().Select(option => (option.Name, option.Value.GetString())).ToArray();
        Assert.Equal([("steps", "20"), ("seed", "7")], differing);
        Assert.Equal("40", runs[0].GetProperty("differing").GetProperty("steps").GetString());
    }

    [Fact]
    public async Task Compare_OneRun_SaysThatItTakesTwo()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));

        var run = await CliRun.RunAsync("runs", "compare", _tiny.Run("a"));

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("takes two", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfAFolderWithoutRuns_SaysSo()
    {
        var run = await CliRun.RunAsync("runs", "list", _folder["images"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("is no run", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs", "list")]
    [InlineData("runs", "show")]
    [InlineData("train", "--resume", "--run")]
    public async Task Runs_OfAFolderThatIsNotThere_SaysSo(params string[] command)
    {
        var run = await CliRun.RunAsync([.. command, _folder["absent"]]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"There is no folder '{_folder["absent"]}'.", run.Error, StringComparison.Ordinal);
    }

    private async Task TrainTwoAsync()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("b"), "--set", "steps=20", "--set", "seed=7");
    }
}
