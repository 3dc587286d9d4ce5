using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Onnx;

namespace SuperRes.Cli.Tests.Commands;

/// <summary>What is in the files is checked against ONNX Runtime in SuperRes.Onnx.Tests.</summary>
public sealed class ModelsExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Export_OfANameWithoutWeights_UsesRandomOnesAndSaysSo()
    {
        var run = await CliRun.RunAsync("models", "export", "espcn-x8", "--onnx", _folder["espcn.onnx"]);
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Output));
        Assert.Contains("random weights of seed 0", run.Error, StringComparison.Ordinal);
        Assert.Equal(["espcn.onnx"], _folder.Files);
        Assert.Equal(Exported(Model.Initialize(new EspcnOptions { Scale = 8 }, 0)), File.ReadAllBytes(_folder["espcn.onnx"]));
    }

    [Fact]
    public async Task Export_OfAModelFile_UsesItsWeights()
    {
        var options = new EspcnOptions { Scale = 3 };
        var model = new Model(options, Weights.Initialize(options.BuildGraph(), 5), new ModelInfo("mine", Training: new("r", "00", 12, 1, ["photos"], "1")));
        ModelFile.Save(model, _folder["mine.safetensors"]);
        var run = await CliRun.RunAsync("models", "export", _folder["mine.safetensors"], "--onnx", _folder["mine.onnx"], "--dynamic-batch");
        Assert.Contains("trained 12 steps", run.Error, StringComparison.Ordinal);
        Assert.Equal(Exported(model, new OnnxOptions(DynamicBatch: true)), File.ReadAllBytes(_folder["mine.onnx"]));
    }

    [Fact]
    public async Task Export_AsJson_TellsWhatWasWritten()
    {
        File.WriteAllText(_folder["narrow.json"], """{ "architecture": "edsr", "scale": 2, "features": 8, "blocks": 1 }""");
        var json = (await CliRun.RunAsync("models", "export", _folder["narrow.json"], "--onnx", _folder["narrow.onnx"], "--json")).Json;
        Assert.Equal("narrow", json.GetProperty("model").GetString());
        Assert.True(json.GetProperty("randomWeights").GetBoolean());
        Assert.Equal(17, json.GetProperty("operatorSet").GetInt32());
        Assert.True(File.Exists(json.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Export_OfADamagedFile_SaysSoAndWritesNothing()
    {
        ModelFile.Save(Model.Initialize(new EspcnOptions(), 0), _folder["model.safetensors"]);
        using (var file = File.OpenWrite(_folder["model.safetensors"]))
        {
            file.SetLength(file.Length - 1);
        }

        var run = await CliRun.RunAsync("models", "export", _folder["model.safetensors"], "--onnx", _folder["model.onnx"]);
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"'{_folder["model.safetensors"]}' has", run.Error, StringComparison.Ordinal);
        Assert.Equal(["model.safetensors"], _folder.Files);
    }

    [Fact]
    public async Task Export_OverItsInput_IsRefused()
    {
        Assert.Equal(ExitCode.Done, (await CliRun.RunAsync("models", "init", "espcn-x2", "-o", _folder["mine.safetensors"])).ExitCode);
        var before = File.ReadAllBytes(_folder["mine.safetensors"]);

        var run = await CliRun.RunAsync("models", "export", _folder["mine.safetensors"], "--onnx", _folder["mine.safetensors"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(_folder["mine.safetensors"]));
    }

    [Fact]
    public async Task Export_UnderAModelsName_IsRefused()
    {
        File.WriteAllText(_folder["other.safetensors"], "a model");

        var run = await CliRun.RunAsync("models", "export", "espcn-x2", "--onnx", _folder["other.safetensors"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("End it in .onnx", run.Error, StringComparison.Ordinal);
        Assert.Equal("a model", File.ReadAllText(_folder["other.safetensors"]));
    }

    [Fact]
    public async Task Export_IntoAFolderThatIsNotThere_SaysSo()
    {
        var run = await CliRun.RunAsync("models", "export", "espcn-x2", "--onnx", Path.Combine(_folder.Path, "absent", "x.onnx"));
        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("x.onnx' can't be written: its folder does not exist. Make the folder first.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_WithoutAFormat_IsWrongUsage() =>
        Assert.Equal(ExitCode.WrongUsage, (await CliRun.RunAsync("models", "export", "espcn-x2")).ExitCode);

    private static byte[] Exported(Model model, OnnxOptions? options = null)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(model, stream, options);
        return stream.ToArray();
    }

    [Fact]
    public async Task Export_OntoAPhoto_IsRefused()
    {
        var photo = TestImages.Write(_folder["photo.jpg"]);
        var before = File.ReadAllBytes(photo);

        var run = await CliRun.RunAsync("models", "export", "espcn-x2", "--onnx", photo);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("photo.jpg' is no name of an ONNX file. End it in .onnx.", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(photo));
    }

    [Theory]
    [InlineData("models", "show", "bicubic")]
    [InlineData("bench", "-m", "Lanczos")]
    public async Task NetworkCommands_OfAClassicalMethod_SayThatItHasNone(params string[] arguments)
    {
        var run = await CliRun.RunAsync(arguments);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"'{arguments[^1]}' is a classical method without weights", run.Error, StringComparison.Ordinal);
    }
}
