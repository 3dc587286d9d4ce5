using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;

namespace SuperRes.Cli.Tests.EndToEnd;

/// <summary>What the whole process holds at most, as the kernel counts it.</summary>
public sealed class MemoryTests : IDisposable
{
    private const long Megabyte = 1_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ModelKind.Classical)]
    [InlineData(ModelKind.Network)]
    public async Task Upscale_ResultAsLargeAsTheBudget_StaysWithinIt(ModelKind kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak is read from /proc.");

        // 6400 x 6400 RGB pixels are 123 MB, and the program alone holds 60 to 70.
        var input = TestImages.Write(_folder["in.jpg"], 1600, 1600);
        string[] model = ["-m", kind == ModelKind.Network ? SaveNetwork() : "bicubic"];

        using var process = CliProcess.Start(["upscale", input, "-o", _folder["out.jpg"], "--memory", "160MB", .. model]);
        var peak = process.WatchPeakMemory();
        var run = await process.EndAsync();

        Assert.Equal((ExitCode.Done, (6400, 6400)), (run.ExitCode, TestImages.SizeOf(_folder["out.jpg"])));
        Assert.InRange(await peak, 30 * Megabyte, 160 * Megabyte);
    }

    private string SaveNetwork()
    {
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 4), seed: 1), _folder["espcn.safetensors"]);
        return _folder["espcn.safetensors"];
    }

    public enum ModelKind
    {
        Classical,
        Network,
    }
}
