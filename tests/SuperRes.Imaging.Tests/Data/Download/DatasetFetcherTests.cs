using System.Security.Cryptography;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Catalogue;
using SuperRes.Imaging.Data.Download;

namespace SuperRes.Imaging.Tests.Data.Download;

public sealed class DatasetFetcherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly byte[] _zip = ZipFiles.Create(("Some_HR/1.png", RandomNumberGenerator.GetBytes(5000)), ("Some_HR/2.png", RandomNumberGenerator.GetBytes(5000)));

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FetchAsync_OfAnArchive_UnpacksItAndLeavesAReceipt()
    {
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        var phases = new List<FetchPhase>();

        var result = await Fetcher().FetchAsync(Archive(server), _folder.Path, progress: new Synchronous<FetchProgress>(report => phases.Add(report.Phase)));

        Assert.Equal((2, false), (result.Files, result.WasThere));
        Assert.Equal([".superres/some-hr.json", "Some_HR/1.png", "Some_HR/2.png"], _folder.Files());
        Assert.Equal([FetchPhase.Downloading, FetchPhase.Verifying, FetchPhase.Extracting], phases.Distinct());
    }

    [Fact]
    public async Task FetchAsync_ASecondTime_AsksTheServerNothing()
    {
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        await Fetcher().FetchAsync(Archive(server), _folder.Path);

        var result = await Fetcher().FetchAsync(Archive(server), _folder.Path);

        Assert.Equal((2, true), (result.Files, result.WasThere));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task FetchAsync_WhileAnotherFetchUnpacks_IsRefusedAndDisturbsNothing()
    {
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        DatasetException? refusal = null;
        var progress = new Synchronous<FetchProgress>(report => refusal ??= report.Phase == FetchPhase.Extracting
            ? Assert.Throws<DatasetException>(() => Fetcher().FetchAsync(Archive(server), _folder.Path).GetAwaiter().GetResult())
            : null);

        var result = await Fetcher().FetchAsync(Archive(server), _folder.Path, progress: progress);

        Assert.Contains("is being fetched already", refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(2, result.Files);
        Assert.Equal([".superres/some-hr.json", "Some_HR/1.png", "Some_HR/2.png"], _folder.Files());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task FetchAsync_AfterAnImageWasLost_FetchesAgain()
    {
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        await Fetcher().FetchAsync(Archive(server), _folder.Path);
        File.Delete(_folder["Some_HR", "2.png"]);

        var result = await Fetcher().FetchAsync(Archive(server), _folder.Path);

        Assert.False(result.WasThere);
        Assert.Equal(2, server.Requests.Length);
        Assert.True(File.Exists(_folder["Some_HR", "2.png"]));
    }

    [Fact]
    public async Task IsFetched_WhereAFolderIsInAnImagesPlace_IsFalse()
    {
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        await Fetcher().FetchAsync(Archive(server), _folder["set"]);
        Assert.True(DatasetFetcher.IsFetched(Archive(server), _folder["set"]));
        File.Delete(_folder["set", "Some_HR", "2.png"]);
        Directory.CreateDirectory(_folder["set", "Some_HR", "2.png"]);

        Assert.False(DatasetFetcher.IsFetched(Archive(server), _folder["set"]));
    }

    [Fact]
    public async Task FetchAsync_OfImagesThatHaveBecomeLinks_KnowsThem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        await Fetcher().FetchAsync(Archive(server), _folder["set"]);
        File.Move(_folder["set", "Some_HR", "2.png"], _folder["2.png"]);
        File.CreateSymbolicLink(_folder["set", "Some_HR", "2.png"], _folder["2.png"]);

        Assert.True((await Fetcher().FetchAsync(Archive(server), _folder["set"])).WasThere);
    }

    [Theory]
    [InlineData("""{"files":[{"path":"HR/gone.png","bytes":1}]}""")]
    [InlineData("""{"archive":null,"address":"a","bytes":1,"sha256":"","files":[]}""")]
    public async Task FetchAsync_WithAReceiptThatIsNone_FetchesAgain(string text)
    {
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        Directory.CreateDirectory(_folder["set", ".superres"]);
        File.WriteAllText(_folder["set", ".superres", "some-hr.json"], text);

        Assert.Empty(ArchiveReceipt.ReadAll(_folder["set"]));
        Assert.False((await Fetcher().FetchAsync(Archive(server), _folder["set"])).WasThere);
    }

    [Fact]
    public async Task FetchAsync_WithAReceiptThatLooksOutside_FetchesAgain()
    {
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        await Fetcher().FetchAsync(Archive(server), _folder["set"]);
        File.WriteAllBytes(_folder["outside.png"], new byte[5000]);
        var receipt = _folder["set", ".superres", "some-hr.json"];
        File.WriteAllText(receipt, File.ReadAllText(receipt).Replace("Some_HR/2.png", "../outside.png", StringComparison.Ordinal));

        var result = await Fetcher().FetchAsync(Archive(server), _folder["set"]);

        Assert.False(result.WasThere);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FetchAsync_WithTheArchivePutThereByHand_OnlyUnpacksAndLeavesIt(bool keepArchive)
    {
        using var server = new LoopbackServer(_ => new(404, default));
        File.WriteAllBytes(_folder["Some_HR.zip"], _zip);

        await Fetcher().FetchAsync(Archive(server), _folder.Path, keepArchive);

        Assert.Empty(server.Requests);
        Assert.Equal([".superres/some-hr.json", "Some_HR.zip", "Some_HR/1.png", "Some_HR/2.png"], _folder.Files());
    }

    [Fact]
    public async Task FetchAsync_OfABrokenZip_SaysSoAndUnpacksNothing()
    {
        var broken = _zip[..^30];
        using var server = new LoopbackServer(new ServedFile(broken).Answer);

        var error = await Assert.ThrowsAsync<DatasetException>(() => Fetcher().FetchAsync(Archive(server, broken), _folder.Path));

        Assert.Contains("no readable zip archive", error.Message, StringComparison.Ordinal);
        Assert.Equal(["Some_HR.zip"], _folder.Files());
    }

    [Fact]
    public async Task FetchAsync_OfAZipThatWasCutOffOnTheServer_SaysThatSizesDiffer()
    {
        using var server = new LoopbackServer(new ServedFile(_zip[..^30]).Answer);

        var error = await Assert.ThrowsAsync<DatasetException>(() => Fetcher().FetchAsync(Archive(server), _folder.Path));

        Assert.Contains($"offers {_zip.Length - 30} bytes, and {_zip.Length} are expected", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task FetchAsync_OfAZipThatEscapes_WritesNothingOutside()
    {
        var hostile = ZipFiles.Create(("Some_HR/1.png", [1]), ("../../evil.png", [2]));
        using var server = new LoopbackServer(new ServedFile(hostile).Answer);

        var error = await Assert.ThrowsAsync<DatasetException>(() => Fetcher().FetchAsync(Archive(server, hostile), _folder["a", "b"]));

        Assert.Contains("outside of the target folder", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a/b/Some_HR.zip"], _folder.Files());
    }

    [Fact]
    public async Task FetchAsync_OfAnotherArchive_SaysWhichFolderIsMissing()
    {
        var other = ZipFiles.Create(("Else/1.png", [1]));
        using var server = new LoopbackServer(new ServedFile(other).Answer);

        var error = await Assert.ThrowsAsync<DatasetException>(() => Fetcher().FetchAsync(Archive(server, other), _folder.Path));

        Assert.Contains("'Some_HR'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_WithoutSpaceForArchiveAndImages_AsksTheServerNothing()
    {
        using var server = new LoopbackServer(new ServedFile(_zip).Answer);
        var fetcher = new DatasetFetcher(_client, new(), TimeProvider.System, new(), _ => _zip.Length + 100);

        var error = await Assert.ThrowsAsync<DatasetException>(() => fetcher.FetchAsync(Archive(server), _folder.Path));

        Assert.Contains("needs 20.0 KiB", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Constructor_WithSeveralFaults_NamesThemAll()
    {
        var error = Assert.Throws<ArgumentException>(() => new DatasetFetcher(_client, new() { Attempts = 0, Silence = TimeSpan.Zero }));

        Assert.Contains("Attempts", error.Message, StringComparison.Ordinal);
        Assert.Contains("Silence", error.Message, StringComparison.Ordinal);
    }

    private DatasetFetcher Fetcher() => new(_client, new DownloadOptions { FirstDelay = TimeSpan.Zero });

    private KnownArchive Archive(LoopbackServer server, byte[]? zip = null) => new(
        "some-hr", new Uri(server.Address, "Some_HR.zip"), (zip ?? _zip).Length, Convert.ToHexStringLower(SHA256.HashData(zip ?? _zip)), "Some_HR", "some images");
}
