using System.Security.Cryptography;
using System.Text.Json;
using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Batches;
using SuperRes.Imaging.Data.Checking;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Data.Preparation;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Tests.Data.Preparation;

public sealed class SubImagePreparerTests : IDisposable
{
    private static readonly SubImageOptions Small = new() { Size = 16, Step = 8, Remainder = 4 };

    private readonly TemporaryFolder _folder = new();
    private readonly ImageBuffer _a = TestImages.Create(40, 21, seed: 1);

    public SubImagePreparerTests()
    {
        TestImages.Write(_folder["set", "HR", "a.png"], _a);
        TestImages.Write(_folder["set", "HR", "b.png"], 16, 16, seed: 2);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PrepareAsync_OfASet_WritesSubImagesAndManifest()
    {
        var result = await PrepareAsync();

        // 40 wide: 0, 8, 16, 24. 21 high: 0, and 5 left over, which is more than 4: 5.
        Assert.Equal((2, 0, 9), (result.Sources, result.Unchanged, result.SubImages));
        Assert.Equal(["HR/a_s001.png", "HR/a_s002.png", "HR/a_s003.png", "HR/a_s004.png", "HR/a_s005.png", "HR/a_s006.png", "HR/a_s007.png", "HR/a_s008.png", "HR/b_s001.png", "manifest.json"], OutFiles());
        Assert.Equal(_a.Crop(8, 5, 16, 16).Bytes(), ImageFile.Read(_folder["out", "HR", "a_s006.png"]).Pixels.Bytes());
        Assert.Equal("out", DatasetFolder.Open(_folder["out"]).Name);
    }

    [Fact]
    public async Task PrepareAsync_OfASet_TellsWhereEachSubImageComesFrom()
    {
        await PrepareAsync();

        using var manifest = JsonDocument.Parse(File.ReadAllBytes(_folder["out", "manifest.json"]));
        var root = manifest.RootElement;
        var source = root.GetProperty("sources")[0];
        var sub = source.GetProperty("subImages")[5];
        Assert.StartsWith("SuperRes ", root.GetProperty("tool").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"size":16,"step":8,"remainder":4,"shrink":1}""", JsonSerializer.Serialize(root.GetProperty("options")));
        Assert.Equal(("set/a.png", Sha256("set", "HR", "a.png")), (source.GetProperty("file").GetString(), source.GetProperty("sha256").GetString()));
        Assert.Equal((40, 21), (source.GetProperty("width").GetInt32(), source.GetProperty("height").GetInt32()));
        Assert.Equal(("HR/a_s006.png", 8, 5), (sub.GetProperty("file").GetString(), sub.GetProperty("x").GetInt32(), sub.GetProperty("y").GetInt32()));
        Assert.Equal(Sha256("out", "HR", "a_s006.png"), sub.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task PrepareAsync_ASecondTime_ChangesNothing()
    {
        await PrepareAsync();
        var manifest = File.ReadAllText(_folder["out", "manifest.json"]);
        var yesterday = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(_folder["out", "HR", "a_s001.png"], yesterday);

        var result = await PrepareAsync();

        Assert.Equal((2, 2, 9), (result.Sources, result.Unchanged, result.SubImages));
        Assert.Equal(yesterday, File.GetLastWriteTimeUtc(_folder["out", "HR", "a_s001.png"]), TimeSpan.FromSeconds(1));
        Assert.Equal(manifest, File.ReadAllText(_folder["out", "manifest.json"]));
    }

    [Fact]
    public async Task PrepareAsync_WithMoreThreads_GivesTheSameManifest()
    {
        await PrepareAsync("one", jobs: 1);
        await PrepareAsync("four", jobs: 4);

        Assert.Equal(File.ReadAllText(_folder["one", "manifest.json"]), File.ReadAllText(_folder["four", "manifest.json"]));
    }

    [Fact]
    public async Task PrepareAsync_AfterAnInterruption_GoesOnFromThere()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SubImagePreparer(Small, jobs: 1).PrepareAsync(
            Sets(), _folder["out"], new Synchronous<BatchProgress>(_ => cancel.Cancel()), cancel.Token));
        Assert.False(File.Exists(_folder["out", "manifest.json"]));
        Assert.False(File.Exists(_folder["out", "HR", "b_s001.png"]));

        // What a killed process leaves: a half-written file, and a line that must not count as done.
        File.WriteAllText(_folder["out", "HR", ".superres-1-1.tmp"], "half");
        File.AppendAllText(_folder["out", "manifest.partial.jsonl"], """{"file":"set/b.png","sha2""");
        var result = await PrepareAsync();

        Assert.Equal((2, 1, 9), (result.Sources, result.Unchanged, result.SubImages));
        Assert.Equal(10, OutFiles().Length);
        await PrepareAsync("whole");
        Assert.Equal(File.ReadAllText(_folder["whole", "manifest.json"]), File.ReadAllText(_folder["out", "manifest.json"]));
    }

    [Fact]
    public async Task PrepareAsync_AfterASourceChanged_MakesItAgainAndRemovesLeftovers()
    {
        await PrepareAsync();
        TestImages.Write(_folder["set", "HR", "a.png"], 24, 16, seed: 9);

        var result = await PrepareAsync();

        Assert.Equal((2, 1, 3), (result.Sources, result.Unchanged, result.SubImages));
        Assert.Equal(["HR/a_s001.png", "HR/a_s002.png", "HR/b_s001.png", "manifest.json"], OutFiles());
    }

    [Fact]
    public async Task PrepareAsync_InterruptedAfterTheSourcesChanged_GoesOnFromThere()
    {
        await PrepareAsync();
        TestImages.Write(_folder["set", "HR", "a.png"], 24, 16, seed: 9);
        TestImages.Write(_folder["set", "HR", "b.png"], 16, 16, seed: 8);
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SubImagePreparer(Small, jobs: 1).PrepareAsync(
            Sets(), _folder["out"], new Synchronous<BatchProgress>(_ => cancel.Cancel()), cancel.Token));
        var unfinished = await DatasetChecker.CheckAsync(DatasetFolder.Open(_folder["out"]));
        Assert.Contains(unfinished.Findings, finding => finding.Message.Contains("was not to the end", StringComparison.Ordinal));

        var result = await PrepareAsync();

        Assert.Equal((2, 1, 3), (result.Sources, result.Unchanged, result.SubImages));
        Assert.Equal(["HR/a_s001.png", "HR/a_s002.png", "HR/b_s001.png", "manifest.json"], OutFiles());
        Assert.Equal(0, (await DatasetChecker.CheckAsync(DatasetFolder.Open(_folder["out"]))).Problems);
    }

    /// <summary>As after a kill in the middle of an image: its sub-images are in the folder, and it is not done.</summary>
    [Fact]
    public async Task PrepareAsync_AfterAnImageWasBegun_KnowsWhatIsThereOfIt()
    {
        await PrepareAsync();
        var known = SubImageManifest.Read(_folder["out"])!;
        using (var journal = PreparationJournal.Open(_folder["out"]))
        {
            journal.Begin(known with { Sources = [] });
            journal.Append(known.Sources[0] with { Sha256 = "", SubImages = [.. known.Sources[0].SubImages.Select(sub => sub with { Sha256 = "" })] });
        }

        File.Delete(_folder["out", "manifest.json"]);
        File.Delete(_folder["out", "HR", "a_s008.png"]);
        TestImages.Write(_folder["other", "c.png"], 24, 16);
        var ofOther = await Assert.ThrowsAsync<DatasetException>(() => new SubImagePreparer(Small).PrepareAsync([DatasetFolder.Open(_folder["other"])], _folder["out"]));
        Assert.Contains("has sub-images of 'set/a.png'", ofOther.Message, StringComparison.Ordinal);

        var result = await PrepareAsync();

        Assert.Equal((2, 0, 9), (result.Sources, result.Unchanged, result.SubImages));
        Assert.Equal(0, (await DatasetChecker.CheckAsync(DatasetFolder.Open(_folder["out"]))).Problems);
    }

    /// <summary>Its second sub-image can't be written: a folder has the name.</summary>
    [Fact]
    public async Task PrepareAsync_WhereAWriteFails_TakesWhatWasWrittenAwayWithTheImage()
    {
        Directory.CreateDirectory(_folder["out", "HR", "a_s002.png"]);
        Assert.Single((await PrepareAsync(jobs: 1)).Failures);
        Assert.Contains("HR/a_s001.png", OutFiles());
        Directory.Delete(_folder["out", "HR", "a_s002.png"]);
        File.Delete(_folder["set", "HR", "a.png"]);

        await PrepareAsync();

        Assert.Equal(["HR/b_s001.png", "manifest.json"], OutFiles());
    }

    [Fact]
    public async Task PrepareAsync_OfAnotherSetOfTheSameName_Refuses()
    {
        await PrepareAsync();
        var before = OutFiles();
        TestImages.Write(_folder["elsewhere", "set", "c.png"], 24, 16);

        var error = await Assert.ThrowsAsync<DatasetException>(() => new SubImagePreparer(Small).PrepareAsync([DatasetFolder.Open(_folder["elsewhere", "set"])], _folder["out"]));

        Assert.Contains("has sub-images of 2 images", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, OutFiles());
    }

    [Fact]
    public async Task PrepareAsync_WhereAManifestIsOfSomethingElse_RefusesAndCheckPassesItBy()
    {
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllText(_folder["out", "manifest.json"], """{"name":"my data"}""");
        File.Copy(_folder["out", "manifest.json"], _folder["set", "manifest.json"]);

        Assert.Contains("of something else", (await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(0, (await DatasetChecker.CheckAsync(Sets()[0])).Problems);
    }

    [Fact]
    public async Task PrepareAsync_AfterASourceWasRemoved_RemovesLeftovers()
    {
        await PrepareAsync();
        File.Delete(_folder["set", "HR", "a.png"]);

        await PrepareAsync();

        Assert.Equal(["HR/b_s001.png", "manifest.json"], OutFiles());
    }

    [Fact]
    public async Task PrepareAsync_AfterASourceFailed_KeepsWhatWasMadeOfItUntilItGoes()
    {
        await PrepareAsync();
        var before = OutFiles();
        File.WriteAllText(_folder["set", "HR", "b.png"], "no image");

        Assert.Single((await PrepareAsync()).Failures);
        Assert.Equal(before, OutFiles());
        File.Delete(_folder["set", "HR", "b.png"]);
        await PrepareAsync();

        Assert.DoesNotContain("HR/b_s001.png", OutFiles());
        Assert.Equal(0, (await DatasetChecker.CheckAsync(DatasetFolder.Open(_folder["out"]))).Problems);
    }

    [Fact]
    public async Task PrepareAsync_OfOtherImages_RefusesToTakeThoseThatAreThere()
    {
        await PrepareAsync();
        var before = OutFiles();
        TestImages.Write(_folder["other", "c.png"], 24, 16);

        var ofOther = await Assert.ThrowsAsync<DatasetException>(() => new SubImagePreparer(Small).PrepareAsync([DatasetFolder.Open(_folder["other"])], _folder["out"]));
        var ofFewer = await Assert.ThrowsAsync<DatasetException>(() => new SubImagePreparer(Small).PrepareAsync([DatasetFolder.Open(_folder["set"]).Select("a")], _folder["out"]));

        Assert.Contains("has sub-images of 2 images, such as 'set/a.png', which are not among those given now", ofOther.Message, StringComparison.Ordinal);
        Assert.Contains("has sub-images of 'set/b.png', which is not among those given now", ofFewer.Message, StringComparison.Ordinal);
        Assert.Equal(before, OutFiles());
        Assert.Equal(10, (await new SubImagePreparer(Small).PrepareAsync([.. Sets(), DatasetFolder.Open(_folder["other"])], _folder["out"])).SubImages - 1);
    }

    [Fact]
    public async Task PrepareAsync_WhileAnotherPreparesTheFolder_IsRefused()
    {
        var errors = new List<DatasetException>();

        await new SubImagePreparer(Small, jobs: 1).PrepareAsync(
            Sets(), _folder["out"], new Synchronous<BatchProgress>(_ => errors.Add(Assert.ThrowsAsync<DatasetException>(() => PrepareAsync()).GetAwaiter().GetResult())));

        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.Contains("another preparation of", error.Message, StringComparison.Ordinal));
        Assert.Equal(2, (await PrepareAsync()).Unchanged);
    }

    [Fact]
    public async Task PrepareAsync_WithAManifestThatNamesAFileTwice_SaysSo()
    {
        await PrepareAsync();
        var sound = SubImageManifest.Read(_folder["out"])!;
        (sound with { Sources = [.. sound.Sources, sound.Sources[0]] }).Write(_folder["out"]);

        var ofPreparing = await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync());
        var ofCheck = await Assert.ThrowsAsync<DatasetException>(() => DatasetChecker.CheckAsync(DatasetFolder.Open(_folder["out"])));

        Assert.All([ofPreparing, ofCheck], error => Assert.Contains("names 'HR/a_s001.png' twice", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PrepareAsync_AfterASubImageWasDamaged_MakesItAgain()
    {
        await PrepareAsync();
        var sound = File.ReadAllBytes(_folder["out", "HR", "b_s001.png"]);
        File.WriteAllText(_folder["out", "HR", "b_s001.png"], "damaged");

        var result = await PrepareAsync();

        Assert.Equal(1, result.Unchanged);
        Assert.Equal(sound, File.ReadAllBytes(_folder["out", "HR", "b_s001.png"]));
    }

    [Fact]
    public async Task PrepareAsync_WithOtherOptions_RefusesToMix()
    {
        await PrepareAsync();

        var error = await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync(options: Small with { Size = 12 }));

        Assert.Contains("prepared with size 16, step 8, remainder 4, shrink 1, and size 12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrepareAsync_IntoAFolderWithOtherImages_Refuses()
    {
        TestImages.Write(_folder["out", "HR", "mine.png"], 8, 8);

        var error = await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync());

        Assert.Contains("no preparation made", error.Message, StringComparison.Ordinal);
        Assert.Equal(["HR/mine.png"], OutFiles());
    }

    [Theory]
    [InlineData("set")]
    [InlineData("set/")]
    [InlineData("set/HR")]
    [InlineData("./set/HR/")]
    public async Task PrepareAsync_IntoItsOwnSource_Refuses(string target)
    {
        await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync(target));

        Assert.Equal(["set/HR/a.png", "set/HR/b.png"], _folder.Files());
    }

    [Fact]
    public async Task PrepareAsync_OfTwoImagesWithOneName_NamesBoth()
    {
        TestImages.Write(_folder["other", "a.png"], 16, 16);

        var error = await Assert.ThrowsAsync<DatasetException>(() => new SubImagePreparer(Small).PrepareAsync(
            [.. Sets(), DatasetFolder.Open(_folder["other"])], _folder["out"]));

        Assert.Contains("'set/a.png' and 'other/a.png' would both become 'a_s001.png'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrepareAsync_WithBadImages_DoesTheOthersAndNamesThem()
    {
        File.WriteAllText(_folder["set", "HR", "bad.png"], "no image");
        TestImages.Write(_folder["set", "HR", "small.png"], 15, 40);
        var clear = TestImages.Create(20, 20, seed: 5, ColorModel.Rgba);
        TestImages.Write(_folder["set", "HR", "clear.png"], clear);
        for (var i = 3; i < clear.Samples<byte>().Length; i += 4)
        {
            clear.Samples<byte>()[i] = byte.MaxValue;
        }

        TestImages.Write(_folder["set", "HR", "opaque.png"], clear);

        var result = await PrepareAsync();

        Assert.Equal(3, result.Sources);
        Assert.Equal(["set/small.png"], result.TooSmall);
        Assert.Equal(["bad.png", "clear.png"], result.Failures.Select(failure => Path.GetFileName(failure.Path)));
        Assert.Contains("transparent", result.Failures[1].Message, StringComparison.Ordinal);
        Assert.Equal(ColorModel.Rgb, ImageFile.Read(_folder["out", "HR", "opaque_s001.png"]).Pixels.Color);
    }

    [Fact]
    public async Task PrepareAsync_WithAWholeShrinkFactor_CutsTheReducedImage()
    {
        await PrepareAsync(options: new SubImageOptions { Size = 10, Step = 10, Shrink = 2 });

        var reduced = Degradation.Degrade(_a, 2); // 20x10
        Assert.Equal(["HR/a_s001.png", "HR/a_s002.png", "manifest.json"], OutFiles());
        Assert.Equal(reduced.Crop(10, 0, 10, 10).Bytes(), ImageFile.Read(_folder["out", "HR", "a_s002.png"]).Pixels.Bytes());
    }

    [Fact]
    public async Task PrepareAsync_WithAFractionalShrinkFactor_CutsTheReducedImage()
    {
        await PrepareAsync(options: new SubImageOptions { Size = 16, Step = 16, Shrink = 1.25 });

        var reduced = MatlabResize.ByScale(_a, 0.8); // 32x17
        Assert.Equal(reduced.Crop(16, 0, 16, 16).Bytes(), ImageFile.Read(_folder["out", "HR", "a_s002.png"]).Pixels.Bytes());
    }

    [Theory]
    [InlineData("\"sources\": [")]
    [InlineData("\"sources\": [null]}")]
    [InlineData("\"sources\": [{\"file\": \"a\", \"sha256\": \"\", \"width\": 1, \"height\": 1, \"subImages\": [null]}]}")]
    public async Task PrepareAsync_WithABrokenManifest_SaysSo(string sources)
    {
        await PrepareAsync();
        var manifest = File.ReadAllText(_folder["out", "manifest.json"]);
        File.WriteAllText(_folder["out", "manifest.json"], manifest[..manifest.IndexOf("\"sources\"", StringComparison.Ordinal)] + sources);

        var error = await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync());

        Assert.Contains("manifest.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrepareAsync_WithAFractionalShrinkFactor_CountsSidesAsTheResizeDoes()
    {
        // imresize rounds up: 23 / 1.5 = 15.3 makes 16; 22 and 40 make 15 and 27.
        TestImages.Write(_folder["odd", "fits.png"], 23, 23);
        TestImages.Write(_folder["odd", "small.png"], 22, 40);

        var result = await new SubImagePreparer(new SubImageOptions { Size = 16, Step = 16, Shrink = 1.5 }).PrepareAsync([DatasetFolder.Open(_folder["odd"])], _folder["out"]);

        Assert.Equal(1, result.SubImages);
        Assert.Equal(["odd/small.png"], result.TooSmall);
        var small = SubImageManifest.Read(_folder["out"])!.Sources[1];
        Assert.Equal((15, 27), (small.Width, small.Height));
    }

    [Theory]
    [InlineData("../victim.png")]
    [InlineData("HR/../../victim.png")]
    [InlineData("victim.png")]
    [InlineData("HR/notes.txt")]
    [InlineData("/victim.png")]
    public async Task PrepareAsync_WithAManifestThatNamesOtherFiles_RefusesAndDeletesNothing(string path)
    {
        await PrepareAsync();
        var victims = new[] { _folder["victim.png"], _folder["out", "victim.png"], _folder["out", "HR", "notes.txt"] };
        Array.ForEach(victims, victim => File.WriteAllText(victim, "precious"));
        var sound = SubImageManifest.Read(_folder["out"])!;
        var hostile = sound with { Sources = [.. sound.Sources, new SubImageSource("gone/z.png", "", 16, 16, [new SubImage(path, 0, 0, "")])] };

        hostile.Write(_folder["out"]);
        var ofManifest = await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync());
        var ofCheck = await Assert.ThrowsAsync<DatasetException>(() => DatasetChecker.CheckAsync(DatasetFolder.Open(_folder["out"])));
        sound.Write(_folder["out"]);
        using (var journal = PreparationJournal.Open(_folder["out"]))
        {
            journal.Begin(hostile);
        }

        var ofJournal = await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync());

        Assert.All([ofManifest, ofCheck, ofJournal], error => Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal));
        Assert.All(victims, victim => Assert.True(File.Exists(victim)));
    }

    [Fact]
    public void Constructor_WithFaults_Throws() =>
        Assert.Throws<ArgumentException>(() => new SubImagePreparer(new SubImageOptions { Step = 0 }));

    private DatasetFolder[] Sets() => [DatasetFolder.Open(_folder["set"])];

    private Task<PreparationResult> PrepareAsync(string target = "out", SubImageOptions? options = null, int jobs = 0) =>
        new SubImagePreparer(options ?? Small, jobs).PrepareAsync(Sets(), _folder[target]);

    private string Sha256(params string[] path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder[path])));

    private string[] OutFiles() =>
        [.. _folder.Files().Where(file => file.StartsWith("out/", StringComparison.Ordinal)).Select(file => file["out/".Length..])];
}
