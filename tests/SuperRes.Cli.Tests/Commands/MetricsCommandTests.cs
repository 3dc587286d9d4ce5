using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Cli.Tests.Commands;

public sealed class MetricsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Metrics_OneLevelApartEverywhere_GivesThePsnrOfTheDefinition()
    {
        var image = Shifted("a.png", 0);
        var reference = Shifted("b.png", 1);

        var run = await CliRun.RunAsync("metrics", image, reference, "--json");

        // PSNR of a mean squared error of 1 is 20 log10 255; luma shrinks the error to 219/255 (ITU-R BT.601).
        var rgb = 20 * Math.Log10(255);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        var results = run.Json.GetProperty("results").EnumerateArray().ToDictionary(
            result => result.GetProperty("protocol").GetProperty("name").GetString()!, result => result.GetProperty("psnr").GetDouble());
        Assert.Equal(rgb + (20 * Math.Log10(255 / 219.0)), results["y"], 1e-4);
        Assert.All((string[])["rgb", "div2k", "paper"], name => Assert.Equal(rgb, results[name], 1e-9));
    }

    [Fact]
    public async Task Metrics_SameImage_IsInfinite()
    {
        var image = Shifted("a.png", 0);

        var text = await CliRun.RunAsync("metrics", image, image);
        var json = await CliRun.RunAsync("metrics", image, image, "--json");

        Assert.Equal(4, text.Output.Split('\n').Count(line => line.Contains(" infinite  1.0000 ", StringComparison.Ordinal)));
        Assert.All(json.Json.GetProperty("results").EnumerateArray(), result =>
        {
            Assert.Equal("Infinity", result.GetProperty("psnr").GetString());
            Assert.Equal(1, result.GetProperty("ssim").GetDouble());
        });
    }

    [Fact]
    public async Task Metrics_OfAnAnimation_SaysWhatOfItIsMeasured()
    {
        var animation = Path.Combine(AppContext.BaseDirectory, "fixtures", "anim.gif");

        var run = await CliRun.RunAsync("metrics", animation, animation);

        Assert.Matches("note: '.*anim.gif': Of [0-9]+ frames or pages only the first was kept", run.Error);
    }

    [Fact]
    public async Task Metrics_ReferenceLargerByTheRestOfTheScale_IsCropped()
    {
        var run = await CliRun.RunAsync("metrics", Shifted("a.png", 0, 40, 40), Shifted("b.png", 0, 43, 42), "-s", "4");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("cropped from 43x42 to 40x40", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_SizesThatDoNotFit_SaysBoth()
    {
        var run = await CliRun.RunAsync("metrics", Shifted("a.png", 0, 40, 40), Shifted("b.png", 0, 44, 40), "-s", "4");

        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains("is 40x40", run.Error, StringComparison.Ordinal);
        Assert.Contains("is 44x40", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_ImageTooSmallForOneProtocol_StillGivesTheOthers()
    {
        var image = Shifted("a.png", 0, 24, 24);

        var run = await CliRun.RunAsync("metrics", image, image, "-s", "4", "--json");

        var scores = run.Json.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("ssim").ValueKind.ToString());
        Assert.Equal(["Number", "Number", "Null", "Number"], scores);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("1000000000")]
    [InlineData("2147483647")]
    public async Task Metrics_TooSmallForEveryProtocol_Fails(string scale)
    {
        var image = Shifted("a.png", 0, 10, 10);

        var run = await CliRun.RunAsync("metrics", image, image, "-s", "x" + scale);

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains($"Nothing is measured: 10x10 is too small once the edges are cut as for x{scale}.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_MissingFile_Fails()
    {
        var run = await CliRun.RunAsync("metrics", Shifted("a.png", 0), _folder["absent.png"]);

        Assert.Equal((ExitCode.SomeFailed, ""), (run.ExitCode, run.Output));
        Assert.Contains("absent.png", run.Error, StringComparison.Ordinal);
    }

    private string Shifted(string name, int shift, int width = 48, int height = 48)
    {
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        var samples = image.Samples<byte>();
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (byte)((i * 7 % 200) + shift);
        }

        ImageFile.Write(_folder[name], image);
        return _folder[name];
    }
}
