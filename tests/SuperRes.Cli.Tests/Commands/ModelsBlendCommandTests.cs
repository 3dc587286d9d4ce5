using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Cli.Tests.Commands;

public sealed class ModelsBlendCommandTests : IDisposable
{
    private static readonly EspcnOptions Small = new() { Scale = 2, Features = 4 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Blend_TwoTrainedModels_WritesOneThatSaysWhatItIs()
    {
        var (pixels, texture) = (Trained("pixels", 1), Trained("texture", 2));

        var run = await CliRun.RunAsync("models", "blend", pixels, texture, "--share", "0.3", "-o", _folder["mine.safetensors"], "--json");

        Assert.Equal((ExitCode.Done, "CC0-1.0", 0.3), (run.ExitCode, run.Json.GetProperty("dataLicence").GetString(), run.Json.GetProperty("share").GetDouble()));
        Assert.Equal(new ModelBlend("pixels", "texture", 0.3), ModelFile.Load(_folder["mine.safetensors"]).Info.Blend);
        Assert.Contains("0.7 of pixels and 0.3 of texture; data licence CC0-1.0", (await CliRun.RunAsync("models", "show", _folder["mine.safetensors"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blend_WhatCanNotBeBlended_IsRefusedAndWritesNothing()
    {
        var trained = Trained("trained", 1);
        ModelFile.Save(new Model(Small with { Features = 8 }, Weights.Initialize((Small with { Features = 8 }).BuildGraph(), 1)), _folder["wide.safetensors"]);

        foreach (var (second, share, fault) in new[] { (_folder["wide.safetensors"], "0.5", "these are of two"), ("espcn-x8", "0.5", "random weights"), (trained, "1.5", "from 0 to 1"), ("none.safetensors", "0.5", "none.safetensors") })
        {
            var run = await CliRun.RunAsync("models", "blend", trained, second, "--share", share, "-o", _folder["mine.safetensors"]);
            Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
            Assert.Contains(fault, run.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_folder["mine.safetensors"]));
    }

    [Theory]
    [InlineData("25%")]
    [InlineData("0,1")]
    [InlineData("half")]
    [InlineData("NaN")]
    [InlineData("-0.1")]
    public async Task Blend_WithAShareThatIsNone_SaysSo(string share)
    {
        var run = await CliRun.RunAsync("models", "blend", Trained("pixels", 1), Trained("texture", 2), $"--share={share}", "-o", _folder["mine.safetensors"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"'{share}' after --share is no number from 0 to 1", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pixels.safetensors", "is an input")]
    [InlineData("link.safetensors", "is an input")]
    [InlineData("photo.jpg", "End it in .safetensors")]
    public async Task Blend_OverAnInputOrAnythingElse_IsRefused(string output, string expected)
    {
        var (pixels, texture) = (Trained("pixels", 1), Trained("texture", 2));
        File.WriteAllText(_folder["photo.jpg"], "a photo");
        File.CreateSymbolicLink(_folder["link.safetensors"], pixels);
        var before = File.ReadAllBytes(_folder[output]);

        var run = await CliRun.RunAsync("models", "blend", pixels, texture, "-o", _folder[output]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder[output]));
    }

    private string Trained(string name, ulong seed)
    {
        var path = _folder[$"{name}.safetensors"];
        ModelFile.Save(new Model(Small, Weights.Initialize(Small.BuildGraph(), seed), new ModelInfo(name, "CC0-1.0", new("r", "00", 12, 1, ["photos"], "1"))), path);
        return path;
    }
}
