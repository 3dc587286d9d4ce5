using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Degrading;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Data.Degrading;

public sealed class DatasetDegraderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DegradeAsync_OfASet_WritesTheUsualNames()
    {
        TestImages.Write(_folder["set", "HR", "a.png"], 21, 14);
        TestImages.Write(_folder["set", "HR", "b.jpg"], 16, 16);

        var result = await DatasetDegrader.DegradeAsync([_folder["set"]], _folder["out"], [2, 4]);

        Assert.Equal(
            [("ax2.png", 10, 7), ("ax4.png", 5, 3), ("bx2.png", 8, 8), ("bx4.png", 4, 4)],
            result.Images.Select(image => (Path.GetFileName(image.Output), image.Width, image.Height)));
        Assert.Equal(
            ["out/LR_bicubic/X2/ax2.png", "out/LR_bicubic/X2/bx2.png", "out/LR_bicubic/X4/ax4.png", "out/LR_bicubic/X4/bx4.png"],
            _folder.Files().Where(file => file.StartsWith("out", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData]
    [InlineData(4, 1)]
    public async Task DegradeAsync_WithoutAScaleOrByOne_Refuses(params int[] scales)
    {
        TestImages.Write(_folder["set", "HR", "a.png"], 21, 14);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => DatasetDegrader.DegradeAsync([_folder["set"]], _folder["out"], scales));
    }

    [Theory]
    [InlineData("set/HR/a.png", "set", "set/LR_bicubic/X4/ax4.png")]
    [InlineData("set/HR", "set", "set/LR_bicubic/X4/ax4.png")]
    [InlineData("F2K/F2K_train_HR/0001.png", "F2K", "F2K/F2K_train_LR_bicubic/X4/0001x4.png")]
    [InlineData("F2K", "F2K", "F2K/F2K_train_LR_bicubic/X4/0001x4.png")]
    [InlineData("F2K", "out", "out/LR_bicubic/X4/0001x4.png")]
    [InlineData("photos", "photos", "photos/LR_bicubic/X4/cx4.png")]
    [InlineData("photos/c.png", "out", "out/LR_bicubic/X4/cx4.png")]
    public async Task DegradeAsync_IntoTheSetsOwnFolder_FollowsItsLayout(string input, string output, string expected)
    {
        TestImages.Write(_folder["set", "HR", "a.png"], 8, 8);
        TestImages.Write(_folder["F2K", "F2K_train_HR", "0001.png"], 8, 8);
        TestImages.Write(_folder["photos", "c.png"], 8, 8);

        var result = await DatasetDegrader.DegradeAsync([_folder[input]], _folder[output], [4]);

        Assert.Equal(_folder[expected], Path.GetFullPath(Assert.Single(result.Images).Output));
        Assert.True(File.Exists(_folder[expected]));
    }

    /// <summary>A picture beside a set is none of its images, whatever its name.</summary>
    [Fact]
    public void List_OfAFileBesideASet_CountsItToItsOwnFolder()
    {
        TestImages.Write(_folder["D", "T_HR", "0001.png"], 8, 8, seed: 1);
        TestImages.Write(_folder["D", "0001.png"], 8, 8, seed: 2);

        var (beside, own) = (Assert.Single(DegradeSource.List(_folder["D", "0001.png"])), Assert.Single(DegradeSource.List(_folder["D", "T_HR", "0001.png"])));

        Assert.Equal(_folder["D", "LR_bicubic", "X4", "0001x4.png"], beside.OutputPath(_folder["D"], 4));
        Assert.Equal(_folder["D", "T_LR_bicubic", "X4", "0001x4.png"], own.OutputPath(_folder["D"], 4));
    }

    [Fact]
    public async Task DegradeAsync_OfTheX8TrackOfDiv2k_ReplacesItWhereItIs()
    {
        TestImages.Write(_folder["DIV2K_valid_HR", "0801.png"], 16, 16);
        TestImages.Write(_folder["DIV2K_valid_LR_x8", "0801x8.png"], 2, 2);

        var result = await DatasetDegrader.DegradeAsync([_folder.Path], _folder.Path, [8]);

        Assert.EndsWith("DIV2K_valid_LR_x8/0801x8.png", Assert.Single(result.Images).Output.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DegradeAsync_OfSeveralKinds_KeepsChannelsAndDepth()
    {
        TestImages.Write(_folder["set", "gray.png"], TestImages.Create(8, 8, 1, ColorModel.Gray));
        TestImages.Write(_folder["set", "deep.png"], new ImageBuffer(8, 8, ColorModel.Rgb, SampleType.UInt16));

        await DatasetDegrader.DegradeAsync([_folder["set"]], _folder["set"], [2]);

        var gray = ImageFile.ReadHeader(_folder["set", "LR_bicubic", "X2", "grayx2.png"]);
        var deep = ImageFile.ReadHeader(_folder["set", "LR_bicubic", "X2", "deepx2.png"]);
        Assert.Equal((ColorModel.Gray, SampleType.UInt8), (gray.Color, gray.SampleType));
        Assert.Equal((ColorModel.Rgb, SampleType.UInt16), (deep.Color, deep.SampleType));
    }

    [Fact]
    public async Task DegradeAsync_WithBadImages_DoesTheOthersAndNamesThem()
    {
        TestImages.Write(_folder["set", "a.png"], 8, 8);
        TestImages.Write(_folder["set", "tiny.png"], 3, 8);
        File.WriteAllText(_folder["set", "bad.png"], "no image");

        var result = await DatasetDegrader.DegradeAsync([_folder["set"]], _folder["out"], [4]);

        Assert.Single(result.Images);
        Assert.Equal(["bad.png", "tiny.png"], result.Failures.Select(failure => Path.GetFileName(failure.Path)));
        Assert.Contains("is 3x8: too small for x4", result.Failures[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DegradeAsync_OfTwoImagesWithOneName_NamesBoth()
    {
        TestImages.Write(_folder["one", "a.png"], 8, 8);
        TestImages.Write(_folder["two", "a.png"], 8, 8);

        var error = await Assert.ThrowsAsync<DatasetException>(() => DatasetDegrader.DegradeAsync([_folder["one"], _folder["two"]], _folder["out"], [2]));

        Assert.Contains("would both become", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set5")]
    [InlineData("Set14")]
    public async Task DegradeAsync_OfAPublishedSet_MakesThePublishedImages(string name)
    {
        var data = Environment.GetEnvironmentVariable("SUPERRES_DATA");
        Assert.SkipWhen(data is null, "SUPERRES_DATA is not set; it names the folder that holds Set5 and Set14.");
        var set = DatasetFolder.Open(Path.Combine(data!, name));

        var result = await DatasetDegrader.DegradeAsync([set.Root], _folder.Path, [2, 3, 4]);

        Assert.Equal(3 * set.Images.Count, result.Images.Count);
        Assert.All(result.Images, image =>
        {
            var published = set.FindTrack(image.Scale)!.FindImage(new DatasetImage(Path.GetFileNameWithoutExtension(image.Input), image.Input))!;
            Assert.Equal(ImageFile.Read(published).Pixels.Bytes(), ImageFile.Read(image.Output).Pixels.Bytes());
        });
    }
}
