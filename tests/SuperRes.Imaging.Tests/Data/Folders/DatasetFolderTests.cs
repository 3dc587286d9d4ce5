using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Tests.Data.Folders;

public sealed class DatasetFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Set5")]
    [InlineData("Set5/")]
    [InlineData("Set5/HR")]
    public void Open_OfAnHrFolder_FindsImagesAndTracks(string path)
    {
        Touch("Set5/HR/img10.png", "Set5/HR/img2.png", "Set5/HR/._img2.png", "Set5/HR/notes.txt");
        Touch("Set5/LR_bicubic/X4/img2x4.png", "Set5/LR_bicubic/X2/img2x2.png", "Set5/LR_unknown/X4/img2x4.png");

        var set = DatasetFolder.Open(_folder[path]);

        Assert.Equal(("Set5", DatasetLayout.HighResolutionFolder), (set.Name, set.Layout));
        Assert.Equal(["img2", "img10"], set.Images.Select(image => image.Name));
        Assert.Equal([("bicubic", 2), ("bicubic", 4), ("unknown", 4)], set.LowResolution.Select(folder => (folder.Track, folder.Scale)));
        Assert.Null(set.FindTrack(3));
    }

    /// <summary>On every system alike, and without a name being taken for a pattern.</summary>
    [Fact]
    public void Open_OfTracksInSmallLetters_FindsThem()
    {
        Touch("set/HR/1.png", "set/LR_bicubic/x4/1x4.png", "other/a_HR/1.png", "other/a_LR_bicubic/X2/1x2.png");
        Assert.Equal(4, Assert.Single(DatasetFolder.Open(_folder["set"]).LowResolution).Scale);
        Assert.Equal(2, Assert.Single(DatasetFolder.Open(_folder["other"]).LowResolution).Scale);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        Touch("odd/a*_HR/1.png", "odd/a_LR_bicubic/X2/1x2.png");
        Assert.Empty(DatasetFolder.Open(_folder["odd"]).LowResolution);
    }

    [Fact]
    public void Open_OfDiv2k_FindsEveryPublishedTrack()
    {
        Touch("DIV2K/DIV2K_valid_HR/0801.png");
        Touch("DIV2K/DIV2K_valid_LR_bicubic/X2/0801x2.png", "DIV2K/DIV2K_valid_LR_bicubic/X4/0801x4.png", "DIV2K/DIV2K_valid_LR_unknown/X3/0801x3.png");
        Touch("DIV2K/DIV2K_valid_LR_x8/0801x8.png", "DIV2K/DIV2K_valid_LR_mild/0801x4m.png", "DIV2K/DIV2K_valid_LR_difficult/0801x4d.png", "DIV2K/DIV2K_valid_LR_wild/0801x4w1.png");
        Touch("DIV2K/DIV2K_train_LR_bicubic/X4/0001x4.png");

        var set = DatasetFolder.Open(_folder["DIV2K"]);

        Assert.Equal(("DIV2K_valid", DatasetLayout.Div2k), (set.Name, set.Layout));
        Assert.Equal(
            [("bicubic", 2), ("bicubic", 4), ("bicubic", 8), ("difficult", 4), ("mild", 4), ("unknown", 3), ("wild", 4)],
            set.LowResolution.Select(folder => (folder.Track, folder.Scale)));
        Assert.All(set.LowResolution, folder => Assert.NotNull(folder.FindImage(set.Images[0])));
    }

    [Fact]
    public void Open_OfDiv2kWithTwoSplits_WantsToKnowWhich()
    {
        Touch("DIV2K/DIV2K_train_HR/0001.png", "DIV2K/DIV2K_valid_HR/0801.png");

        var error = Assert.Throws<DatasetException>(() => DatasetFolder.Open(_folder["DIV2K"]));

        Assert.Contains("DIV2K_train, DIV2K_valid", error.Message, StringComparison.Ordinal);
        Assert.Equal("DIV2K_valid", DatasetFolder.Open(_folder["DIV2K"], "valid").Name);
        Assert.Equal("DIV2K_train", DatasetFolder.Open(_folder["DIV2K"], "DIV2K_train").Name);
        Assert.Equal("DIV2K_train", DatasetFolder.Open(_folder["DIV2K", "DIV2K_train_HR"]).Name);
        Assert.Equal(["DIV2K_train", "DIV2K_valid"], DatasetFolder.OpenAll(_folder["DIV2K"]).Select(set => set.Name));
        Assert.Throws<DatasetException>(() => DatasetFolder.Open(_folder["DIV2K"], "test"));
    }

    [Fact]
    public void Open_OfAnyFolderOfImages_TakesThem()
    {
        Touch("photos/b.jpg", "photos/a.tif", "photos/LR_bicubic/X2/ax2.png");

        var set = DatasetFolder.Open(_folder["photos"]);

        Assert.Equal(("photos", DatasetLayout.Plain), (set.Name, set.Layout));
        Assert.Equal(["a", "b"], set.Images.Select(image => image.Name));
        Assert.Equal(2, Assert.Single(set.LowResolution).Scale);
    }

    [Theory]
    [InlineData("absent", "does not exist")]
    [InlineData("notes.txt", "is a file")]
    [InlineData("empty", "holds no images")]
    [InlineData("onlyHr", "holds no images")]
    public void Open_OfNoDataSet_SaysWhatWasExpected(string path, string expected)
    {
        Touch("notes.txt", "empty/notes.txt", "onlyHr/HR/notes.txt");

        var error = Assert.Throws<DatasetException>(() => DatasetFolder.Open(_folder[path]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfTwoImagesWithOneName_NamesBoth()
    {
        Touch("set/a.png", "set/a.jpg");

        var error = Assert.Throws<DatasetException>(() => DatasetFolder.Open(_folder["set"]));

        Assert.Contains("'a.jpg' and 'a.png'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0850..", null, new[] { "0850", "0900" })]
    [InlineData("..0849", null, new[] { "0801", "0802" })]
    [InlineData("0802..0850", null, new[] { "0802", "0850" })]
    [InlineData("0900,0801", null, new[] { "0801", "0900" })]
    [InlineData("080*", null, new[] { "0801", "0802" })]
    [InlineData(null, 3, new[] { "0801", "0802", "0850" })]
    [InlineData("0802..", 1, new[] { "0802" })]
    [InlineData(null, 99, new[] { "0801", "0802", "0850", "0900" })]
    public void Select_OfNamesOrCount_KeepsThemInOrder(string? names, int? first, string[] expected)
    {
        Touch("set/0801.png", "set/0802.png", "set/0850.png", "set/0900.png");

        Assert.Equal(expected, DatasetFolder.Open(_folder["set"]).Select(names, first).Images.Select(image => image.Name));
    }

    [Fact]
    public void Select_OfAnAbsentName_SaysWhatThereIs()
    {
        Touch("set/0801.png", "set/0802.png");

        var error = Assert.Throws<DatasetException>(() => DatasetFolder.Open(_folder["set"]).Select("0801,0901"));

        Assert.Contains("no image '0901'", error.Message, StringComparison.Ordinal);
        Assert.Contains("from '0801' to '0802'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("babyx4.png")]
    [InlineData("baby.png")]
    [InlineData("babyx4.bmp.jpg", false)]
    [InlineData("babyx4.tif")]
    [InlineData("babyx3.png", false)]
    public void FindImage_OfAFile_KnowsTheUsualNames(string file, bool isFound = true)
    {
        Touch("Set5/HR/baby.png", "Set5/LR_bicubic/X4/" + file);
        var set = DatasetFolder.Open(_folder["Set5"]);

        Assert.Equal(isFound ? file : null, Path.GetFileName(set.LowResolution[0].FindImage(set.Images[0])));
    }

    private void Touch(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
            File.WriteAllBytes(_folder[file], []);
        }
    }
}
