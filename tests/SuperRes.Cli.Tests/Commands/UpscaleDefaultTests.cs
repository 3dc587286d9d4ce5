using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Cli.Tests.Commands;

/// <summary>Which method is used where the user names none. The models are those that ship, in the folder beside the program.</summary>
public sealed class UpscaleDefaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("edsr-x4")]
    [InlineData("edsr-x4", "-s", "3")]
    [InlineData("edsr-x4", "--width", "40")]
    [InlineData("edsr-x2", "-s", "2")]
    [InlineData("edsr-x2", "-s", "1.5")]
    [InlineData("edsr-x2", "--width", "20")]
    [InlineData("edsr-x8", "-s", "5")]
    [InlineData("edsr-x8", "-s", "8")]
    [InlineData("bicubic", "-s", "9")]
    [InlineData("bicubic", "--width", "120")]
    [InlineData("bicubic", "--width", "6")]
    public async Task Upscale_WithoutMethod_TakesTheShippedModelThatReaches(string expected, params string[] size)
    {
        var run = await CliRun.RunAsync(["upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.png"], "--json", .. size]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(expected, run.Json.GetProperty("images")[0].GetProperty("model").GetString());
    }

    [Fact]
    public async Task Upscale_ToOneWidth_ChoosesForEachImage()
    {
        string[] inputs = [TestImages.Write(_folder["a.png"], 12, 8), TestImages.Write(_folder["b.png"], 2, 2)];

        var run = await CliRun.RunAsync(["upscale", .. inputs, "-o", _folder["out/"], "--json", "--width", "20"]);

        Assert.Equal(["edsr-x2", "bicubic"], run.Json.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("model").GetString()));
    }

    [Theory]
    [InlineData(95)]
    [InlineData(40, "-m", "edsr-x4")]
    public async Task Upscale_APhotoThatIsHardlyCompressedOrANamedModel_TellsOfNoOther(int quality, params string[] more)
    {
        var run = await CliRun.RunAsync(["upscale", Jpeg("in.jpg", quality), "-o", _folder["out.png"], .. more]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.DoesNotContain("photo-x4", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upscale_PhotosThatAreCompressedMuch_TellsOnceOfTheModelForSuch()
    {
        string[] inputs = [Jpeg("a.jpg", 40), Jpeg("b.jpg", 40)];

        var told = await CliRun.RunAsync(["upscale", .. inputs, "-o", _folder["out/"]]);
        var json = await CliRun.RunAsync(["upscale", .. inputs, "-o", _folder["out/"], "--overwrite", "--json"]);

        const string Advice = "The JPEG's quality is about 40: photo-x4 takes blocks and noise away, which edsr-x4 sharpens. Choose it with -m.";
        Assert.Single(told.Error.Split('\n'), line => line.Contains(Advice, StringComparison.Ordinal));
        Assert.All(json.Json.GetProperty("images").EnumerateArray(), image => Assert.Equal(Advice, image.GetProperty("advice").GetString()));
    }

    [Fact]
    public async Task Upscale_PhotosOfSeveralScales_TellsOfTheModelForEach()
    {
        var run = await CliRun.RunAsync("upscale", Jpeg("a.jpg", 40), Jpeg("b.jpg", 40, side: 30), Jpeg("c.jpg", 40, side: 30), "-o", _folder["out/"], "--width", "60");

        Assert.Equal(["photo-x2", "photo-x4"], run.Error.Split('\n').Where(line => line.Contains("quality is about", StringComparison.Ordinal)).Select(line => line.Split(' ').First(word => word.StartsWith("photo-", StringComparison.Ordinal))).Order());
    }

    [Fact]
    public async Task Upscale_WithMethod_RefusesWhatItCannotMake()
    {
        var run = await CliRun.RunAsync("upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.png"], "-m", "espcn-x2", "--width", "120");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("espcn-x2 enlarges at most 2 times", run.Error, StringComparison.Ordinal);
        Assert.Equal(["in.png"], _folder.Files);
    }

    private string Jpeg(string name, int quality, int side = 16)
    {
        ImageFile.Write(_folder[name], new ImageBuffer(side, side, ColorModel.Rgb, SampleType.UInt8), metadata: null, new ImageWriteOptions { JpegQuality = quality });
        return _folder[name];
    }
}
