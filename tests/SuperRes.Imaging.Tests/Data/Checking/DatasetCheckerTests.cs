using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Checking;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Data.Preparation;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Tests.Data.Checking;

public sealed class DatasetCheckerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DatasetCheckerTests()
    {
        foreach (var (name, seed) in new[] { ("a", 1), ("b", 2), ("c", 3) })
        {
            var high = Picture(seed);
            TestImages.Write(_folder["set", "HR", name + ".png"], high);
            TestImages.Write(Low(name), Degradation.Degrade(high, 4));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CheckAsync_OfASoundSet_FindsNothingAndSaysMatlabMade()
    {
        var report = await CheckAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(("set", 3), (report.Name, report.Images));
        var track = Assert.Single(report.Tracks);
        Assert.Equal("MATLAB-made: all 3 images, 0 samples differ", track.Summary);
        Assert.Equal(3, track.Pairs.Count);
    }

    [Fact]
    public async Task CheckAsync_OfUnreadableImages_NamesThem()
    {
        File.WriteAllText(_folder["set", "HR", "bad.png"], "no image");
        File.WriteAllBytes(Low("a"), File.ReadAllBytes(Low("a"))[..60]);

        var report = await CheckAsync();

        AssertProblem(report, FindingKind.Unreadable, "bad.png");
        AssertProblem(report, FindingKind.Unreadable, "ax4.png");
    }

    [Fact]
    public async Task CheckAsync_OfAMissingImage_SaysHowToMakeIt()
    {
        File.Delete(Low("b"));

        var finding = AssertProblem(await CheckAsync(), FindingKind.Missing, "'b.png' has no low-resolution image");

        Assert.Contains("superres degrade", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_OfALowResolutionImageAlone_SaysThatItHasNoOriginal()
    {
        File.Copy(Low("b"), Low("d"));

        var report = await CheckAsync();

        AssertProblem(report, FindingKind.WithoutOriginal, "no image 'd'");
    }

    [Fact]
    public async Task CheckAsync_OfAWrongSize_SaysBothSizes()
    {
        TestImages.Write(Low("a"), 12, 9);

        AssertProblem(await CheckAsync(), FindingKind.WrongSize, "'ax4.png' is 12x9, and a.png at x4 makes 13x10.");
    }

    [Fact]
    public async Task CheckAsync_OfSwappedImages_SaysWhatEachShows()
    {
        var a = File.ReadAllBytes(Low("a"));
        File.Copy(Low("b"), Low("a"), overwrite: true);
        File.WriteAllBytes(Low("b"), a);

        var report = await CheckAsync();

        AssertProblem(report, FindingKind.Mispaired, "ax4.png' does not show what 'a.png' shows; it looks like 'b'");
        AssertProblem(report, FindingKind.Mispaired, "bx4.png' does not show what 'b.png' shows; it looks like 'a'");
        Assert.Equal(2, report.Problems);
    }

    [Fact]
    public async Task CheckAsync_OfAPictureFromElsewhere_SaysThatNoImageShowsIt()
    {
        var elsewhere = Picture(3);
        foreach (ref var sample in elsewhere.Samples<byte>())
        {
            sample = (byte)(byte.MaxValue - sample);
        }

        TestImages.Write(Low("c"), Degradation.Degrade(elsewhere, 4));

        AssertProblem(await CheckAsync(), FindingKind.Mispaired, "cx4.png' does not show what 'c.png' shows; no other image of the set shows it either");
    }

    [Fact]
    public async Task CheckAsync_OfTheSamePixelsInTwoFiles_NamesBoth()
    {
        // Another file, byte for byte, with the same pixels.
        ImageFile.Write(_folder["set", "HR", "z.png"], Picture(1), options: new ImageWriteOptions { PngCompression = 0 });
        TestImages.Write(Low("z"), Degradation.Degrade(Picture(1), 4));

        var report = await CheckAsync();

        AssertProblem(report, FindingKind.Duplicate, "'a.png' and 'z.png' have the same pixels");
        AssertProblem(report, FindingKind.Duplicate, "'ax4.png' and 'zx4.png' have the same pixels");
    }

    [Fact]
    public async Task CheckAsync_OfImagesFromPillow_SaysSoWithNumbers()
    {
        foreach (var (name, seed) in new[] { ("a", 1), ("b", 2), ("c", 3) })
        {
            TestImages.Write(Low(name), PillowBicubic.Shrink(Picture(seed).Crop(0, 0, 52, 40), 13, 10));
        }

        var report = await CheckAsync();

        Assert.Matches(@"^made with Pillow or alike: all 3 images, \d+\.\d % of samples differ, \d+\.\d dB$", Assert.Single(report.Tracks).Summary);
        Assert.Equal(3, report.Findings.Count(finding => finding.Kind == FindingKind.Degradation));
        var finding = AssertProblem(report, FindingKind.Degradation, "ax4.png' is not what MATLAB makes");
        Assert.Matches(@"\d+\.\d % of samples differ, by up to \d+, \d+\.\d dB; closest is Pillow's bicubic", finding.Message);
    }

    [Fact]
    public async Task CheckAsync_OfOneForeignImage_CountsTheOthers()
    {
        TestImages.Write(Low("a"), MatlabResize.ToSize(Picture(1).Crop(0, 0, 52, 40), 13, 10, new ResizeOptions { Kernel = ResizeKernel.Box }));

        var report = await CheckAsync();

        Assert.Equal("MATLAB-made: 2 of 3; not MATLAB-made: 1 of 3", Assert.Single(report.Tracks).Summary);
        AssertProblem(report, FindingKind.Degradation, "closest is area averaging");
    }

    [Fact]
    public async Task CheckAsync_OfATrackWithoutAPublishedMethod_DoesNotJudgeIt()
    {
        Directory.Move(_folder["set", "LR_bicubic"], _folder["set", "LR_unknown"]);
        TestImages.Write(_folder["set", "LR_unknown", "X4", "ax4.png"], PillowBicubic.Shrink(Picture(1), 13, 10));

        var report = await CheckAsync();

        Assert.Empty(report.Findings);
        Assert.Contains("not judged", Assert.Single(report.Tracks).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_OfAPreparedFolder_ComparesItWithItsManifest()
    {
        await new SubImagePreparer(new() { Size = 16, Step = 16 }).PrepareAsync([DatasetFolder.Open(_folder["set"])], _folder["out"]);
        Assert.Empty((await CheckAsync("out")).Findings);

        File.Delete(_folder["out", "HR", "a_s001.png"]);
        TestImages.Write(_folder["out", "HR", "a_s002.png"], 16, 16, seed: 8);
        TestImages.Write(_folder["out", "HR", "mine.png"], 16, 16, seed: 9);
        var report = await CheckAsync("out");

        AssertProblem(report, FindingKind.Missing, "'HR/a_s001.png' is in the manifest");
        AssertProblem(report, FindingKind.ManifestMismatch, "'HR/a_s002.png' has changed");
        AssertProblem(report, FindingKind.ManifestMismatch, "'HR/mine.png' is not in the manifest");
        Assert.Equal(3, report.Problems);
    }

    [Fact]
    public async Task CheckAsync_OfEqualSubImages_OnlyMentionsThem()
    {
        TestImages.Write(_folder["sky", "black.png"], new ImageBuffer(32, 16, ColorModel.Rgb, SampleType.UInt8));
        await new SubImagePreparer(new() { Size = 16, Step = 16 }).PrepareAsync([DatasetFolder.Open(_folder["sky"])], _folder["out"]);

        // Nor are their low-resolution versions problems.
        foreach (var name in new[] { "black_s001", "black_s002" })
        {
            TestImages.Write(_folder["out", "LR_bicubic", "X2", name + "x2.png"], new ImageBuffer(8, 8, ColorModel.Rgb, SampleType.UInt8));
        }

        var report = await CheckAsync("out");

        Assert.Equal([(FindingKind.Duplicate, false), (FindingKind.Duplicate, false)], report.Findings.Select(finding => (finding.Kind, finding.IsProblem)));
        Assert.Equal(0, report.Problems);
    }

    [Fact]
    public async Task CheckAsync_OfSomeImagesOfASet_FindsNothingWrongWithTheOthers()
    {
        var report = await DatasetChecker.CheckAsync(DatasetFolder.Open(_folder["set"]).Select(first: 1));

        Assert.Empty(report.Findings);
    }

    [Theory]
    [InlineData("Set5", 5)]
    [InlineData("Set14", 14)]
    public async Task CheckAsync_OfAPublishedSet_SaysMatlabMadeForAll(string name, int images)
    {
        var data = Environment.GetEnvironmentVariable("SUPERRES_DATA");
        Assert.SkipWhen(data is null, "SUPERRES_DATA is not set; it names the folder that holds Set5 and Set14.");

        var report = await DatasetChecker.CheckAsync(DatasetFolder.Open(Path.Combine(data!, name)));

        Assert.Empty(report.Findings);
        Assert.Equal([2, 3, 4], report.Tracks.Select(track => track.Scale));
        Assert.All(report.Tracks, track => Assert.Equal($"MATLAB-made: all {images} images, 0 samples differ", track.Summary));
    }

    /// <summary>A noisy picture whose bright side depends on the seed, so that three of them can be told apart at a glance.</summary>
    private static ImageBuffer Picture(int seed)
    {
        var image = TestImages.Create(53, 41, seed);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row<byte>(y);
            for (var i = 0; i < row.Length; i++)
            {
                var isBright = seed switch { 1 => i < row.Length / 2, 2 => i >= row.Length / 2, _ => y < image.Height / 2 };
                row[i] = (byte)((row[i] / 2) + (isBright ? 120 : 0));
            }
        }

        return image;
    }

    private static DatasetFinding AssertProblem(DatasetReport report, FindingKind kind, string text)
    {
        var finding = Assert.Single(report.Findings, finding => finding.Kind == kind && finding.Message.Contains(text, StringComparison.Ordinal));
        Assert.True(finding.IsProblem);
        Assert.DoesNotContain('\n', finding.Message);
        return finding;
    }

    private string Low(string name) => _folder["set", "LR_bicubic", "X4", name + "x4.png"];

    private Task<DatasetReport> CheckAsync(string path = "set") => DatasetChecker.CheckAsync(DatasetFolder.Open(_folder[path]));
}
