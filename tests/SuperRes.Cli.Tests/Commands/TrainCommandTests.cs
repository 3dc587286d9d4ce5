using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.EndToEnd;

namespace SuperRes.Cli.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TinyRun _tiny;

    public TrainCommandTests() => _tiny = new TinyRun(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_ToTheEnd_WritesEverythingOfTheRun()
    {
        var run = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(40, run.Json.GetProperty("steps").GetInt64());
        string[] expected =
        [
            "best.safetensors", "checkpoints/step-0000000040.ckpt", "curves.svg", "final.safetensors", "metrics.jsonl", "recipe.json", "report.html", "run.json",
            "samples/step-0000000020/0.png", "samples/step-0000000040/0.png", "validation.jsonl",
        ];
        Assert.All(expected, file => Assert.Contains($"runs/a/{file}", _folder.Files));
        Assert.Equal((64, 48), TestImages.SizeOf(_folder["runs/a/samples/step-0000000040/0.png"]));
    }

    [Fact]
    public async Task Train_ItsModel_UpscalesAnImage()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));

        var run = await CliRun.RunAsync("upscale", _folder["images/0.png"], "-m", _folder["runs/a/final.safetensors"], "-o", _folder["large.png"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((128, 96), TestImages.SizeOf(_folder["large.png"]));
    }

    [Fact]
    public async Task Train_WithAnUnknownKey_NamesTheNearest()
    {
        var run = await CliRun.RunAsync("train", _tiny.Recipe(more: "\"optimiser\": {},"), "--run", _tiny.Run("a"));

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("optimizer", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["runs/a/recipe.json"]));
    }

    [Theory]
    [InlineData("--device", "cuda:0")]
    [InlineData("--device", "torch-cpu")]
    [InlineData("--libtorch", "torch/lib")]
    public async Task Train_OnADeviceOfAnotherBuild_SaysHowToBuildIt(string option, string value)
    {
        var run = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), option, value);

        Assert.Equal(ExitCode.CannotRunHere, run.ExitCode);
        Assert.Contains("-p:Torch=cuda", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["runs/a/recipe.json"]));
    }

    [Fact]
    public async Task Train_InBfloat16OnTheProcessor_IsRefused()
    {
        var run = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--device", "cpu", "--precision", "bf16");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("float32", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_InBfloat16WhereNoCardIs_IsRefused()
    {
        var run = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--device", "auto", "--precision", "bf16");

        Assert.Equal(ExitCode.CannotRunHere, run.ExitCode);
        Assert.Contains("--precision bf16 is for a graphics card, and none can be used here.", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["runs/a/recipe.json"]));
    }

    [Fact]
    public async Task Train_WithSeveralFaults_ListsAll()
    {
        var run = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--set", "batch=0", "--set", "optimizer.beta1=2");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("'batch' is 0", run.Error, StringComparison.Ordinal);
        Assert.Contains("'optimizer.beta1' is 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_InAFolderWithARun_IsRefused()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));
        var before = File.ReadAllBytes(_folder["runs/a/final.safetensors"]);

        var run = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--set", "seed=2");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("--resume", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["runs/a/final.safetensors"]));
    }

    [Fact]
    public async Task Train_ResumedWithAnotherOption_NamesIt()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));

        var run = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--resume", "--set", "batch=5");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("'batch' was 4 and is now 5", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ResumedByItsFolderWithAnOption_TakesItOrRefusesIt()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));

        var taken = await CliRun.RunAsync("train", "--resume", "--run", _tiny.Run("a"), "--set", "validation.every=10");
        var refused = await CliRun.RunAsync("train", "--resume", "--run", _tiny.Run("a"), "--set", "batch=5");
        var unknown = await CliRun.RunAsync("train", "--resume", "--run", _tiny.Run("a"), "--set", "bach=5");

        Assert.Equal((ExitCode.Done, ExitCode.WrongUsage, ExitCode.WrongUsage), (taken.ExitCode, refused.ExitCode, unknown.ExitCode));
        Assert.Contains("\"every\": 10", File.ReadAllText(_folder["runs/a/recipe.json"]), StringComparison.Ordinal);
        Assert.Contains("'batch' was 4 and is now 5", refused.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'batch'?", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WithoutItsValidationImages_LeavesNoRunBehind()
    {
        var missing = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--set", "validation.path=nowhere");
        Assert.Equal(ExitCode.WrongUsage, missing.ExitCode);
        Assert.Contains("nowhere", missing.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"))).ExitCode);
    }

    [Fact]
    public async Task Train_AFileOrAFolderWhereTheOtherShouldBe_IsSaid()
    {
        File.WriteAllText(_folder["file"], "");

        Assert.Contains("is a file, and a run is a folder", (await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _folder["file"])).Error, StringComparison.Ordinal);
        Assert.Contains("is a folder, expected a JSON file", (await CliRun.RunAsync("train", _folder.Path)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ResumedInAFolderWithoutARun_SaysThatItBeginsOne()
    {
        var begun = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--resume");
        var resumed = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"), "--resume");

        Assert.Equal((ExitCode.Done, ExitCode.Done), (begun.ExitCode, resumed.ExitCode));
        Assert.StartsWith($"note: '{_tiny.Run("a")}' holds no run yet; a new one is started.", begun.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", resumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ResumedWithoutAWholeCheckpoint_IsRefusedAndKeepsTheRun()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));
        var (model, records) = (File.ReadAllBytes(_folder["runs/a/final.safetensors"]), File.ReadAllText(_folder["runs/a/validation.jsonl"]));
        foreach (var checkpoint in Directory.GetFiles(_folder["runs/a/checkpoints"]))
        {
            File.WriteAllText(checkpoint, "damaged");
        }

        var run = await CliRun.RunAsync("train", "--resume", "--run", _tiny.Run("a"));

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("remove them to begin the run again", run.Error, StringComparison.Ordinal);
        Assert.Equal(model, File.ReadAllBytes(_folder["runs/a/final.safetensors"]));
        Assert.Equal(records, File.ReadAllText(_folder["runs/a/validation.jsonl"]));
    }

    [Fact]
    public async Task Train_IntoAFolderThatTakesNothing_IsNoWrongUsage()
    {
        using var disk = SmallDisk.TryMount(_tiny.Run("a"), "ro");
        Assert.SkipWhen(disk is null, "Mounting needs root and a kernel that allows it.");

        var run = await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("can't be written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ARecipeThatIsNoJson_NamesItsLine()
    {
        File.WriteAllText(_folder["bad.json"], "{\n  \"name\": \"a\",\n  \"steps\": oops\n}");

        var run = await CliRun.RunAsync("train", _folder["bad.json"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"'{_folder["bad.json"]}', line 3, column 12: 'o' is an invalid start of a value.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WhileAnotherHoldsTheRun_IsRefused()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));
        using var hold = SuperRes.Training.Runs.RunFolder.Open(_tiny.Run("a")).Hold();

        var run = await CliRun.RunAsync("train", "--run", _tiny.Run("a"), "--resume");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("Another process is training", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Report_MakesNoRequestAndShowsTheCurves()
    {
        await CliRun.RunAsync("train", _tiny.Recipe(), "--run", _tiny.Run("a"));

        var page = File.ReadAllText(_folder["runs/a/report.html"]);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("<svg class=\"chart\"").Length - 1);
        var curves = System.Xml.Linq.XDocument.Load(_folder["runs/a/curves.svg"]);
        Assert.Equal(5, curves.Descendants().Count(element => element.Name.LocalName == "polyline"));
    }
}
