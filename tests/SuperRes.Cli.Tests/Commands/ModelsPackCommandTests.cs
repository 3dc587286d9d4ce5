using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;

namespace SuperRes.Cli.Tests.Commands;

public sealed class ModelsPackCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelsPackCommandTests()
    {
        TestImages.Write(_folder["set/HR/a.png"], 48, 40);
        TestImages.Write(_folder["set/HR/b.png"], 40, 40);
        File.WriteAllText(_folder["recipes/espcn-x2.json"], "{}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pack_OfATrainedModel_StoresWhatEvaluateMeasures()
    {
        SaveTrained(_folder["final.safetensors"]);

        var packed = await CliRun.RunAsync(
            "models", "pack", _folder["final.safetensors"], "-o", _folder["espcn-x2.safetensors"], "--data", _folder["set"] + "@a", "--recipe", _folder["recipes/espcn-x2.json"]);
        var evaluated = await CliRun.RunAsync("evaluate", _folder["set"], "-m", _folder["espcn-x2.safetensors"], "-s", "2", "--images", "a", "--json");

        Assert.Equal(ExitCode.Done, packed.ExitCode);
        var (_, info) = ModelFile.Describe(_folder["espcn-x2.safetensors"]);
        Assert.Equal(("espcn-x2", WeightPrecision.Float16), (info.Name, info.Precision));
        var expected = evaluated.Json.GetProperty("results")[0];
        var score = Assert.Single(info.Scores!, score => score.Protocol == "y");
        Assert.Equal(("set", 2), (score.DataSet, score.Scale));
        Assert.Equal(expected.GetProperty("psnr").GetDouble(), score.Psnr, tolerance: 0.00006);
        Assert.Equal(expected.GetProperty("ssim").GetDouble(), score.Ssim, tolerance: 0.0000006);
        Assert.Equal(["div2k", "paper", "rgb", "y"], info.Scores!.Select(other => other.Protocol).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pack_OfATrainedModel_WritesItsCard()
    {
        SaveTrained(_folder["final.safetensors"]);

        await CliRun.RunAsync(
            "models", "pack", _folder["final.safetensors"], "-o", _folder["espcn-x2.safetensors"], "--data", _folder["set"] + "@a..b", "--recipe", _folder["recipes/espcn-x2.json"]);

        var card = File.ReadAllText(_folder["espcn-x2.md"]);
        Assert.StartsWith("# espcn-x2\n", card, StringComparison.Ordinal);
        Assert.Contains($"superres train {_folder["recipes/espcn-x2.json"].Replace('\\', '/')}", card, StringComparison.Ordinal);
        Assert.Contains("| trained | 12 steps by SuperRes 1, recipe `photos`, seed 1, from the weights in `espcn-x3.safetensors` |", card, StringComparison.Ordinal);
        Assert.Contains("| licence of the data | CC0-1.0 |", card, StringComparison.Ordinal);
        Assert.Contains("Of set: images a..b.", card, StringComparison.Ordinal);
        Assert.Contains("| set ×2 | 2 | ", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_WhereHalfPrecisionLoses_KeepsFloat32()
    {
        // A network that paints everything in one gray just below the edge between two 8-bit levels. float16 rounds it
        // above the edge, further from the picture's mean (about 127): one level darker is the better picture.
        var options = new EspcnOptions { Scale = 2 };
        var weights = Weights.Initialize(options.BuildGraph(), 3);
        Array.Clear(weights["conv3.weight"].Values);
        Array.Fill(weights["conv3.bias"].Values, Enumerable.Range(160, 80).Select(level => ((level + 0.5f) / 255f) - 1e-5f).First(gray => (float)(Half)gray > gray + 2e-5f));
        Save(options, weights, _folder["final.safetensors"]);

        var run = await CliRun.RunAsync("models", "pack", _folder["final.safetensors"], "-o", _folder["x.safetensors"], "--data", _folder["set"], "--json");

        Assert.InRange(run.Json.GetProperty("halfPrecisionLoss").GetDouble(), 0.001, 1);
        Assert.Equal("float32", run.Json.GetProperty("precision").GetString());
        Assert.Equal(WeightPrecision.Float32, ModelFile.Describe(_folder["x.safetensors"]).Info.Precision);
    }

    [Theory]
    [InlineData("were not trained", "SET")]
    [InlineData("'absent'", "absent")]
    [InlineData("zebra", "SET@zebra")]
    public async Task Pack_OfWhatCannotBeMeasured_SaysWhyAndWritesNothing(string expected, string data)
    {
        if (expected.Contains("trained", StringComparison.Ordinal))
        {
            ModelFile.Save(Model.Initialize(new EspcnOptions { Scale = 2 }, 0), _folder["final.safetensors"]);
        }
        else
        {
            SaveTrained(_folder["final.safetensors"]);
        }

        var run = await CliRun.RunAsync("models", "pack", _folder["final.safetensors"], "-o", _folder["out.safetensors"], "--data", data.Replace("SET", _folder["set"], StringComparison.Ordinal));

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Files, file => file.StartsWith("out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("End it in .safetensors", "model.md")]
    [InlineData("is an input", "final.safetensors")]
    [InlineData("is no model's card", "notes.safetensors")]
    [InlineData("is no model's card", "drawer.safetensors")]
    [InlineData("There is no recipe 'nope.json'", "good.safetensors", "--recipe", "nope.json")]
    public async Task Pack_WhereSomethingWouldBeLost_IsRefusedAndLosesNothing(string expected, string output, params string[] more)
    {
        SaveTrained(_folder["final.safetensors"]);
        File.WriteAllText(_folder["notes.md"], "# my notes\n");
        File.WriteAllText(_folder["drawer.md/inside"], "");
        var before = _folder.Files.ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(_folder[file])));

        var run = await CliRun.RunAsync(["models", "pack", _folder["final.safetensors"], "-o", _folder[output], "--data", _folder["set"], .. more]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Files.ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(_folder[file]))));
    }

    [Fact]
    public async Task Pack_WhereAScoreIsInfinite_LeavesItOutOfTheFile()
    {
        // Black stays black.
        var options = new EspcnOptions { Scale = 2 };
        var weights = Weights.Initialize(options.BuildGraph(), 3);
        Array.Clear(weights["conv3.weight"].Values);
        Array.Clear(weights["conv3.bias"].Values);
        Save(options, weights, _folder["final.safetensors"]);
        ImageFile.Write(_folder["black/HR/a.png"], new ImageBuffer(48, 40, ColorModel.Rgb, SampleType.UInt8));

        var run = await CliRun.RunAsync("models", "pack", _folder["final.safetensors"], "-o", _folder["x.safetensors"], "--data", _folder["black"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Empty(ModelFile.Describe(_folder["x.safetensors"]).Info.Scores!);
        Assert.Contains("∞", File.ReadAllText(_folder["x.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_IntoAFolderThatIsNotThere_SaysSoBeforeItMeasures()
    {
        SaveTrained(_folder["final.safetensors"]);

        var run = await CliRun.RunAsync("models", "pack", _folder["final.safetensors"], "-o", Path.Combine(_folder.Path, "absent", "x.safetensors"), "--data", _folder["no-set"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("its folder does not exist", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_OfASetTooSmallForAProtocol_KeepsTheOthersColumns()
    {
        SaveTrained(_folder["final.safetensors"]);
        TestImages.Write(_folder["small/HR/a.png"], 24, 24);

        await CliRun.RunAsync("models", "pack", _folder["final.safetensors"], "-o", _folder["x.safetensors"], "--data", _folder["small"], "--data", _folder["set"]);

        Assert.Contains("| gain | `rgb` | `div2k` | `paper` |", File.ReadAllText(_folder["x.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_OnTwoPartsOfOneSet_SaysHowToNameThemTogether()
    {
        SaveTrained(_folder["final.safetensors"]);

        var run = await CliRun.RunAsync("models", "pack", _folder["final.safetensors"], "-o", _folder["out.safetensors"], "--data", _folder["set"] + "@a", "--data", _folder["set"] + "@b");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("Two sets of --data are called 'set'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_Again_ReplacesItsOwnCard()
    {
        SaveTrained(_folder["final.safetensors"]);
        string[] pack = ["models", "pack", _folder["final.safetensors"], "-o", _folder["espcn-x2.safetensors"], "--data", _folder["set"]];

        Assert.Equal(ExitCode.Done, (await CliRun.RunAsync(pack)).ExitCode);
        Assert.Equal(ExitCode.Done, (await CliRun.RunAsync(pack)).ExitCode);
    }

    [Fact]
    public async Task Pack_OnATrackAgainstAModel_HasWhatEvaluateMeasuresThere()
    {
        SaveTrained(_folder["final.safetensors"]);
        await CliRun.RunAsync("degrade", _folder["set"], "-o", _folder["set"], "-s", "2", "--jpeg", "40");

        var packed = await CliRun.RunAsync(
            "models", "pack", _folder["final.safetensors"], "-o", _folder["x.safetensors"], "--data", _folder["set"], "--track", "bicubic-jpeg40", "--against", "espcn-x2");
        var evaluated = await CliRun.RunAsync("evaluate", _folder["set"], "-m", $"espcn-x2,bicubic,{_folder["x.safetensors"]}", "-s", "2", "--track", "bicubic-jpeg40", "--json");

        Assert.True(packed.ExitCode == ExitCode.Done, packed.Error);
        string Score(string model) => evaluated.Json.GetProperty("results").EnumerateArray().Where(result => result.GetProperty("model").GetString() == model)
            .Select(result => FormattableString.Invariant($"{result.GetProperty("psnr").GetDouble():0.00} / {result.GetProperty("ssim").GetDouble():0.0000}")).Single();
        var gain = evaluated.Json.GetProperty("comparisons").EnumerateArray().Single(comparison => comparison.GetProperty("model").GetString() == "x").GetProperty("psnr").GetProperty("mean").GetDouble();
        Assert.Contains(
            FormattableString.Invariant($"| `bicubic-jpeg40` | set | {Score("bicubic")} | {Score("espcn-x2")} | {Score("x")} | −{-gain:0.000} dB [−"),
            File.ReadAllText(_folder["x.md"]),
            StringComparison.Ordinal);
        Assert.Contains("| gain over `espcn-x2` |", packed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_OnATrackAgainstNothing_ComparesWithBicubic()
    {
        SaveTrained(_folder["final.safetensors"]);
        await CliRun.RunAsync("degrade", _folder["set"], "-o", _folder["set"], "-s", "2", "--noise", "5");

        await CliRun.RunAsync("models", "pack", _folder["final.safetensors"], "-o", _folder["x.safetensors"], "--data", _folder["set"], "--track", "bicubic-noise5");

        Assert.Contains("| track | set | bicubic | **this model** | gain over `bicubic` |", File.ReadAllText(_folder["x.md"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("superres degrade", "--track", "bicubic-jpeg40")]
    [InlineData("--against is for", "--against", "espcn-x2")]
    [InlineData("'nonesuch'", "--track", "bicubic", "--against", "nonesuch")]
    [InlineData("makes x2 at most", "--track", "bicubic", "--against", "espcn-x2")]
    public async Task Pack_OnATrackThatCannotBeMeasured_SaysSoFirst(string expected, params string[] more)
    {
        SaveTrained(_folder["final.safetensors"], scale: 4);

        var run = await CliRun.RunAsync(["models", "pack", _folder["final.safetensors"], "-o", _folder["x.safetensors"], "--data", _folder["set"], .. more]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Files, file => file.StartsWith('x'));
    }

    private static void SaveTrained(string path, int scale = 2)
    {
        var options = new EspcnOptions { Scale = scale };
        Save(options, Weights.Initialize(options.BuildGraph(), 5), path);
    }

    private static void Save(EspcnOptions options, Weights weights, string path) =>
        ModelFile.Save(new Model(options, weights, new ModelInfo("photos", "CC0-1.0", new("photos", "00", 12, 1, ["photos"], "1", "espcn-x3.safetensors"))), path);
}
