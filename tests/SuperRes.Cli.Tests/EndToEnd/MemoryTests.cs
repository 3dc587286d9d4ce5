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

    /// <summary>6400 x 6400 RGB pixels are 123 MB, and the program alone holds 60 to 70; a wide image's rows are long, and a small JPEG could be held whole.</summary>
    [Theory]
    [InlineData(ModelKind.Classical, 1600, 1600, "out.jpg", 160)]
    [InlineData(ModelKind.Network, 1600, 1600, "out.jpg", 160)]
    [InlineData(ModelKind.Classical, 5000, 400, "out.png", 245)]
    [InlineData(ModelKind.Classical, 900, 900, "out.jpg", 125)]
    public async Task Upscale_ResultAsLargeAsTheBudget_StaysWithinIt(ModelKind kind, int width, int height, string output, int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak is read from /proc.");

        var input = TestImages.Write(_folder["in.jpg"], width, height);
        string[] model = ["-m", kind == ModelKind.Network ? SaveNetwork() : "bicubic"];

        using var process = CliProcess.Start(["upscale", input, "-o", _folder[output], "--memory", $"{megabytes}MB", .. model]);
        var peak = process.WatchPeakMemory();
        var run = await process.EndAsync();

        Assert.Equal((ExitCode.Done, (4 * width, 4 * height)), (run.ExitCode, TestImages.SizeOf(_folder[output])));
        Assert.InRange(await peak, 30 * Megabyte, megabytes * Megabyte);
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
