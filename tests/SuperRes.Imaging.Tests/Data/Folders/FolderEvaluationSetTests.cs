using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Tests.Data.Folders;

public sealed class FolderEvaluationSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WithPublishedLowResolution_GivesBothAsStored()
    {
        var (high, low) = (TestImages.Create(21, 14, seed: 1), TestImages.Create(5, 3, seed: 2));
        TestImages.Write(_folder["Set", "HR", "a.png"], high);
        TestImages.Write(_folder["Set", "LR_bicubic", "X4", "ax4.png"], low);

        var pair = Open("Set").Load(0, scale: 4);

        Assert.Equal(high.Bytes(), pair.Reference.Bytes());
        Assert.Equal(low.Bytes(), pair.LowResolution!.Bytes());
    }

    [Fact]
    public void Load_WithoutAFolderForTheScale_LeavesTheLowResolutionToTheEvaluator()
    {
        TestImages.Write(_folder["Set", "HR", "a.png"], 20, 14);
        TestImages.Write(_folder["Set", "LR_bicubic", "X4", "ax4.png"], 5, 3);

        Assert.Null(Open("Set").Load(0, scale: 2).LowResolution);
    }

    [Fact]
    public void Load_OfAMissingImage_SaysHowToMakeIt()
    {
        TestImages.Write(_folder["Set", "HR", "a.png"], 20, 14);
        TestImages.Write(_folder["Set", "LR_bicubic", "X4", "bx4.png"], 5, 3);

        var error = Assert.Throws<DatasetException>(() => Open("Set").Load(0, scale: 4));

        Assert.Contains("'a.png' has no low-resolution image", error.Message, StringComparison.Ordinal);
        Assert.Contains("no 'ax4.png'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Run: superres degrade \"{_folder["Set", "HR", "a.png"]}\" -o \"{_folder["Set"]}\" -s 4 to make it again.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bicubic-blur1.6-jpeg40", "Run: superres degrade \"{0}\" -o \"{1}\" -s 4 --blur 1.6 --jpeg 40 to make ")]
    [InlineData("bicubic-noise2.5-jpeg40", "Run: superres degrade \"{0}\" -o \"{1}\" -s 4 --noise 2.5 --jpeg 40 to make ")]
    [InlineData("bicubic-jpeg40", "Run: superres degrade \"{0}\" -o \"{1}\" -s 4 --jpeg 40 to make ")]
    [InlineData("mild", "")]
    [InlineData("bicubic-jepg40", "")]
    [InlineData("bicubic-noise0", "")]
    [InlineData("bicubic-jpeg101", "")]
    public void Load_OfATrackThatIsNotThere_SaysHowToMakeItWhereItCanBeMade(string track, string remedy)
    {
        TestImages.Write(_folder["Set", "HR", "a.png"], 20, 16);
        var set = new FolderEvaluationSet(DatasetFolder.Open(_folder["Set"]), track);
        var none = Assert.Throws<DatasetException>(() => set.Load(0, scale: 4));
        Assert.StartsWith($"Set has no low-resolution images of the track '{track}' for x4; it has none.", none.Message, StringComparison.Ordinal);

        TestImages.Write(_folder["Set", $"LR_{track}", "X4", "bx4.png"], 5, 4);
        set = new FolderEvaluationSet(DatasetFolder.Open(_folder["Set"]), track);
        var missing = Assert.Throws<DatasetException>(() => set.EnsureEveryImage(4));
        Assert.Equal(missing.Message, Assert.Throws<DatasetException>(() => set.Load(0, scale: 4)).Message);

        Assert.EndsWith(remedy.Length > 0 ? Remedy(_folder["Set", "HR"]) + "them." : "names what can be fetched.", none.Message, StringComparison.Ordinal);
        Assert.EndsWith(remedy.Length > 0 ? Remedy(_folder["Set", "HR", "a.png"]) + "it again." : "Copy it again from where the set came from.", missing.Message, StringComparison.Ordinal);
        string Remedy(string from) => string.Format(System.Globalization.CultureInfo.InvariantCulture, remedy, from, _folder["Set"]);
    }

    [Fact]
    public void EnsureEveryImage_WhereAllAreThereOrCanBeMade_IsContent()
    {
        TestImages.Write(_folder["Set", "HR", "a.png"], 20, 16);
        TestImages.Write(_folder["Set", "LR_mild", "X4", "ax4m.png"], 5, 4);

        new FolderEvaluationSet(DatasetFolder.Open(_folder["Set"]), "mild").EnsureEveryImage(4);
        new FolderEvaluationSet(DatasetFolder.Open(_folder["Set"])).EnsureEveryImage(4);
    }

    [Fact]
    public void Load_OfAWrongSize_SaysBothSizes()
    {
        TestImages.Write(_folder["DIV2K", "DIV2K_train_HR", "0013.png"], 204, 135);
        TestImages.Write(_folder["DIV2K", "DIV2K_train_LR_bicubic", "X4", "0013x4.png"], 50, 33);

        var error = Assert.Throws<DatasetException>(() => Open("DIV2K").Load(0, scale: 4));

        Assert.Equal(
            $"'0013x4.png' is 50x33, and 0013.png at x4 makes 51x33. Run: superres data get div2k-train-bicubic-x4 -o \"{Path.GetDirectoryName(_folder["DIV2K"])}\" to fetch it again.", error.Message);
    }

    [Fact]
    public void Load_OfImagesThatWereNotCroppedFirst_CutsTheSurplus()
    {
        var low = TestImages.Create(255, 170, seed: 2);
        TestImages.Write(_folder["DIV2K", "DIV2K_valid_HR", "0801.png"], 2040, 1356);
        TestImages.Write(_folder["DIV2K", "DIV2K_valid_LR_x8", "0801x8.png"], low);

        var pair = Open("DIV2K").Load(0, scale: 8);

        Assert.Equal((255, 169), (pair.LowResolution!.Width, pair.LowResolution.Height));
        Assert.Equal(low.Crop(0, 0, 255, 169).Bytes(), pair.LowResolution.Bytes());
    }

    [Fact]
    public void Load_OfAnotherTrack_ReadsThatOne()
    {
        TestImages.Write(_folder["Set", "HR", "a.png"], 20, 12);
        TestImages.Write(_folder["Set", "LR_bicubic", "X4", "ax4.png"], 5, 3, seed: 1);
        TestImages.Write(_folder["Set", "LR_unknown", "X4", "ax4.png"], 5, 3, seed: 2);

        var pair = new FolderEvaluationSet(DatasetFolder.Open(_folder["Set"]), "unknown").Load(0, scale: 4);

        Assert.Equal(TestImages.Create(5, 3, seed: 2).Bytes(), pair.LowResolution!.Bytes());
    }

    [Fact]
    public void Load_OfSet14_ReadsEveryPublishedPair()
    {
        var data = Environment.GetEnvironmentVariable("SUPERRES_DATA");
        Assert.SkipWhen(data is null, "SUPERRES_DATA is not set; it names the folder that holds Set5 and Set14.");
        var set = new FolderEvaluationSet(DatasetFolder.Open(Path.Combine(data!, "Set14")));

        Assert.Equal("baboon barbara bridge coastguard comic face flowers foreman lenna man monarch pepper ppt3 zebra", string.Join(' ', set.ImageNames));
        foreach (var scale in new[] { 2, 3, 4 })
        {
            Assert.All(Enumerable.Range(0, 14), index => Assert.NotNull(set.Load(index, scale).LowResolution));
        }
    }

    private FolderEvaluationSet Open(string path) => new(DatasetFolder.Open(_folder[path]));
}
