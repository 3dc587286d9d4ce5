using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.EndToEnd;
using SuperRes.Imaging;
using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;

namespace SuperRes.Cli.Tests.Commands;

/// <summary>What does not fit is refused before any work, with the way out.</summary>
public sealed class UpscaleMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Leave --ensemble out: it needs the whole result", "out.png", "--ensemble", "--memory", "1200MB")]
    [InlineData("Write PNG, JPEG or TIFF: the WebP encoder", "out.webp", "--memory", "1200MB")]
    [InlineData("--memory allows 1 MB", "out.png", "--memory", "1MB")]
    public async Task Upscale_OverTheBudget_SaysWhatWouldFit(string message, string output, params string[] options)
    {
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 4), seed: 1), _folder["espcn.safetensors"]);
        TestImages.Write(_folder["in.png"], 4000, 4000);

        var run = await CliRun.RunAsync(["upscale", _folder["in.png"], "-o", _folder[output], "-m", _folder["espcn.safetensors"], .. options]);

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("4000x4000 to 16000x16000 needs about", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(["espcn.safetensors", "in.png"], _folder.Files.Order());
    }

    [Fact]
    public async Task Upscale_OfOneImage_CountsOneAtOnceWhateverWasAskedFor()
    {
        var run = await CliProcess.RunAsync(null, "upscale", TestImages.Write(_folder["in.png"], 40, 30), "-o", _folder["out.png"], "-m", "bicubic", "--memory", "400MB", "-j", "64");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
    }

    [Fact]
    public async Task Upscale_MoreThanTheMachineHas_IsRefused()
    {
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 8), seed: 1), _folder["espcn.safetensors"]);
        TestImages.Write(_folder["in.png"], 5700, 5700);

        // 2 float results of 45,600 x 45,600 pixels are 50 GB.
        Assert.SkipWhen(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 49L << 30, "This machine could do it.");
        var run = await CliRun.RunAsync("upscale", _folder["in.png"], "-o", _folder["out.png"], "-m", _folder["espcn.safetensors"], "--ensemble");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("this machine has", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("out.png", _folder.Files);
    }

    [Fact]
    public async Task Upscale_AGifOverTheBudget_IsRefusedByItsHeader()
    {
        // 8000x6000 and two colours; the pixels begin with a code that stands for nothing yet, which decoding complains of.
        byte[] file =
        [
            .. "GIF89a"u8, 0x40, 0x1F, 0x70, 0x17, 0x80, 0, 0, 0, 0, 0, 9, 9, 9, 0x2C, 0, 0, 0, 0, 0x40, 0x1F, 0x70, 0x17, 0, 2, 2, 0x3C, 1, 0, 0x3B,
        ];
        File.WriteAllBytes(_folder["in.gif"], file);

        var run = await CliRun.RunAsync("upscale", _folder["in.gif"], "-o", _folder["out.png"], "-m", "bicubic", "-s", "2", "--memory", "1MB");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("8000x6000 to 16000x12000 needs about", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ensemble")]
    [InlineData("-s", "3")]
    public async Task Upscale_InStripsOrNot_GivesWhatTheLibraryGives(params string[] options)
    {
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 4), seed: 1), _folder["espcn.safetensors"]);
        var input = TestImages.Write(_folder["in.png"], 40, 70);

        var run = await CliRun.RunAsync(["upscale", input, "-o", _folder["out.png"], "-m", _folder["espcn.safetensors"], .. options]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        using var upscaler = Upscaling.Upscaler.Load(_folder["espcn.safetensors"]);
        var expected = upscaler.Upscale(ImageFile.Read(input).Pixels, options is ["-s", _] ? 3 : 4, new() { SelfEnsemble = options is ["--ensemble"] });
        Assert.Equal(expected.Samples<byte>().ToArray(), ImageFile.Read(_folder["out.png"]).Pixels.Samples<byte>().ToArray());
    }
}
