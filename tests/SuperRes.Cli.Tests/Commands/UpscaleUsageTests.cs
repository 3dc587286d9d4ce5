using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.Commands;

public sealed class UpscaleUsageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Required argument 'INPUT' missing")]
    [InlineData("Say where the result goes", "IN")]
    [InlineData("'abc' is no scale", "IN", "-o", "OUT", "-s", "abc")]
    [InlineData("'0' is no scale", "IN", "-o", "OUT", "-s", "0")]
    [InlineData("'-2' is no scale", "IN", "-o", "OUT", "-s", "-2")]
    [InlineData("'NaN' is no scale", "IN", "-o", "OUT", "-s", "NaN")]
    [InlineData("-s and --width/--height both", "IN", "-o", "OUT", "-s", "2", "--width", "9")]
    [InlineData("at least 1 pixel, got 0", "IN", "-o", "OUT", "--width", "0")]
    [InlineData("at least 1 pixel, got -3", "IN", "-o", "OUT", "--width", "5", "--height", "-3")]
    [InlineData("contradict each other", "IN", "-o", "OUT", "--overwrite", "--skip-existing")]
    [InlineData("Did you mean 'lanczos'?", "IN", "-o", "OUT", "-m", "lanzcos")]
    [InlineData("'bmpp' is no format", "IN", "-o", "OUT", "-f", "bmpp")]
    [InlineData("'12XB' is no amount of memory", "IN", "-o", "OUT", "--memory", "12XB")]
    [InlineData("'12' is no amount of memory", "IN", "-o", "OUT", "--memory", "12")]
    [InlineData("'1000000' after --threads is no whole number of at least 0 and at most 1024", "IN", "-o", "OUT", "--threads", "1000000")]
    [InlineData("leads to another folder", "IN", "--suffix", "/../x")]
    [InlineData("'tpu' is no device", "IN", "-o", "OUT", "--device", "tpu")]
    [InlineData("'-1' after --threads", "IN", "-o", "OUT", "--threads", "-1")]
    [InlineData("names no format", "IN", "-o", "out")]
    [InlineData("'.xyz' of 'out.xyz'", "IN", "-o", "out.xyz")]
    [InlineData("--suffix has no use", "IN", "-o", "OUT", "--suffix", "-x4")]
    [InlineData("An image from stdin has no name", "-", "--suffix", "-x4")]
    [InlineData("can't all go to stdout", "IN", "-", "-o", "-")]
    [InlineData("stdout, where --json prints", "IN", "-o", "-", "--json")]
    [InlineData("Did you mean '--width'?", "IN", "-o", "OUT", "--widht", "4")]
    public async Task Upscale_WrongArguments_SaysWhatIsWrong(string message, params string[] arguments)
    {
        var input = TestImages.Write(_folder["in.png"]);

        var run = await CliRun.RunAsync(
            ["upscale", .. arguments.Select(argument => argument switch { "IN" => input, "OUT" => _folder["out.png"], _ => argument })]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("superres: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["in.png"], _folder.Files);
    }

    [Fact]
    public async Task Upscale_OnCuda_CannotRunHere()
    {
        var run = await CliRun.RunAsync("upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.png"], "--device", "cuda:0");

        Assert.Equal(ExitCode.CannotRunHere, run.ExitCode);
        Assert.Contains("--device cpu", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_WrongUsageWithJson_PrintsOneDocumentWithTheError()
    {
        var run = await CliRun.RunAsync("upscale", "--json", "--overwrit");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Equal(ExitCode.WrongUsage, run.Json.GetProperty("exitCode").GetInt32());
        Assert.Contains("--overwrit", run.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_WrongUsageWithJsonInAnotherSpelling_PrintsTheDocument()
    {
        var run = await CliRun.RunAsync("upscale", TestImages.Write(_folder["in.png"]), "--json=true", "-o", _folder["out.nothing"]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(".nothing", run.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("abc", (await CliRun.RunAsync("upscale", "-s", "abc", "--json=true")).Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_OfAFileCalledLikeAnOption_PrintsNoDocument()
    {
        var run = await CliRun.RunAsync("upscale", "-o", _folder["out.png"], "--", "--json");

        Assert.Equal("", run.Output);
        Assert.Contains("'--json'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_StackTrace_OnlyWithVerbose()
    {
        File.WriteAllText(_folder["bad.png"], "text");

        var plain = await CliRun.RunAsync("upscale", _folder["bad.png"], "-o", _folder["out.png"]);
        var verbose = await CliRun.RunAsync("upscale", _folder["bad.png"], "-o", _folder["out.png"], "--verbose");

        Assert.DoesNotContain("   at ", plain.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", verbose.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--skip-existing")]
    [InlineData("--overwrite")]
    public async Task Upscale_AgainWithASuffix_DoesNotEnlargeTheResults(string option)
    {
        TestImages.Write(_folder["a.png"]);
        TestImages.Write(_folder["b.png"]);
        string[] all = ["upscale", _folder["*.png"], "--suffix", "-x2", "-m", "nearest", "-s", "2"];
        await CliRun.RunAsync(all);
        File.Delete(_folder["b-x2.png"]);

        var run = await CliRun.RunAsync([.. all, option]);

        if (option == "--overwrite")
        {
            Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
            Assert.Contains("a-x2.png' is an input, and inputs are never overwritten. Name only the originals", run.Error, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("a-x2.png' is what another input becomes, and is left as it is.", run.Error, StringComparison.Ordinal);
        Assert.Equal(["a-x2.png", "a.png", "b-x2.png", "b.png"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Upscale_ScaleThatNoNetworkReaches_SaysWhatWasUsed()
    {
        var input = TestImages.Write(_folder["in.png"]);

        var run = await CliRun.RunAsync("upscale", input, "-o", _folder["out.png"], "-s", "9");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("(12x8 -> 108x72, bicubic, ", run.Error, StringComparison.Ordinal);
        Assert.Contains("note: no network here enlarges 9 times, so it was done by bicubic.", run.Error, StringComparison.Ordinal);
        var reduced = await CliRun.RunAsync("upscale", input, "-o", _folder["small.png"], "-s", "0.5");
        Assert.DoesNotContain("note:", reduced.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_WhatIsMissingBesideAnOutputThatIsThere_IsWhatIsTold()
    {
        TestImages.Write(_folder["there.png"]);

        var input = await CliRun.RunAsync("upscale", _folder["none.png"], "-o", _folder["there.png"], "-m", "nearest");
        var model = await CliRun.RunAsync("upscale", _folder["there.png"], "-o", _folder["there.png"], "-m", "nope");
        var folder = await CliRun.RunAsync("upscale", _folder["none"] + Path.DirectorySeparatorChar, "-o", _folder["new"], "-m", "nearest");

        Assert.Contains("none.png' does not exist", input.Error, StringComparison.Ordinal);
        Assert.Contains("'nope'", model.Error, StringComparison.Ordinal);
        Assert.Contains($"none{Path.DirectorySeparatorChar}' does not exist", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_AFormatThatTheNameContradicts_IsNoted()
    {
        var input = TestImages.Write(_folder["in.png"]);

        var run = await CliRun.RunAsync("upscale", input, "-o", _folder["out.png"], "-f", "jpeg", "-m", "nearest");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("out.png' will hold JPEG, as -f says, and is named as PNG.", run.Error, StringComparison.Ordinal);
        Assert.Equal(SuperRes.Imaging.ImageFormat.Jpeg, SuperRes.Imaging.ImageFile.ReadHeader(_folder["out.png"]).Format);
    }
}
