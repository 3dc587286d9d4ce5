using System.Security.Cryptography;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Download;

namespace SuperRes.Imaging.Tests.Data.Download;

public sealed class HttpDownloaderTests : IDisposable
{
    private static readonly DownloadOptions Patient = new() { Attempts = 4, Silence = TimeSpan.FromHours(1) };

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly QuickTime _time = new();
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(300_000);

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task DownloadAsync_FromAnHonestServer_WritesTheFileAndNothingElse()
    {
        using var server = new LoopbackServer(new ServedFile(_content).Answer);

        await DownloadAsync(server);

        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
        Assert.Equal(["file.zip"], _folder.Files());
        Assert.Equal("identity", server.Requests[0].Headers["Accept-Encoding"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DownloadAsync_WhenConnectionsDrop_ContinuesWhereEachEnded(bool reset)
    {
        var file = new ServedFile(_content);
        var answers = 0;
        using var server = new LoopbackServer(request => ++answers <= 3 ? file.AnswerAndDrop(request, 70_000, reset) : file.Answer(request));

        await DownloadAsync(server);

        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
        Assert.Equal(4, server.Requests.Length);
        Assert.Null(server.Requests[0].RangeStart);
        Assert.All(server.Requests[1..], request => Assert.Equal("\"one\"", request.IfRange));
        if (!reset)
        {
            // A reset may overtake bytes that were on their way; an orderly end may not.
            Assert.Equal([70_000, 140_000, 210_000], server.Requests[1..].Select(request => request.RangeStart!.Value));
        }
    }

    [Fact]
    public async Task DownloadAsync_InANewProcess_ContinuesWhatTheFirstLeft()
    {
        var file = new ServedFile(_content);
        using (var dropping = new LoopbackServer(request => request.RangeStart is null ? file.AnswerAndDrop(request, 120_000) : new(503, default)))
        {
            var error = await Assert.ThrowsAsync<DatasetException>(() => DownloadAsync(dropping));
            Assert.Contains("117.2 KiB are kept", error.Message, StringComparison.Ordinal);
            Assert.Equal(["file.zip.part", "file.zip.part.json"], _folder.Files());

            // The same address is needed to go on, as it is the address that the state is noted for.
            var state = File.ReadAllText(_folder["file.zip.part.json"]);
            using var server = new LoopbackServer(file.Answer);
            File.WriteAllText(_folder["file.zip.part.json"], state.Replace(dropping.Address.AbsoluteUri, server.Address.AbsoluteUri, StringComparison.Ordinal));
            await DownloadAsync(server);
            Assert.Equal(120_000, Assert.Single(server.Requests).RangeStart);
        }

        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
        Assert.Equal(["file.zip"], _folder.Files());
    }

    [Fact]
    public async Task DownloadAsync_WhenThePartIsFromAnotherAddress_StartsOver()
    {
        File.WriteAllBytes(_folder["file.zip.part"], new byte[1000]);
        File.WriteAllText(_folder["file.zip.part.json"], """{"address":"http://elsewhere/file.zip","entityTag":"\"one\""}""");
        using var server = new LoopbackServer(new ServedFile(_content).Answer);

        await DownloadAsync(server);

        Assert.Null(Assert.Single(server.Requests).RangeStart);
        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Fact]
    public async Task DownloadAsync_FromAServerThatIgnoresRanges_StartsOver()
    {
        var file = new ServedFile(_content);
        var answers = 0;
        using var server = new LoopbackServer(request => ++answers == 1
            ? file.AnswerAndDrop(request, 100_000)
            : new(200, _content, "ETag: \"one\""));

        await DownloadAsync(server);

        Assert.Equal(100_000, server.Requests[1].RangeStart);
        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DownloadAsync_WhenTheFileChangesMidway_KeepsOnlyTheNewOne(bool serverHonoursIfRange)
    {
        var newContent = RandomNumberGenerator.GetBytes(_content.Length);
        var answers = 0;
        using var server = new LoopbackServer(request =>
        {
            if (++answers == 1)
            {
                return new ServedFile(_content).AnswerAndDrop(request, 100_000);
            }

            var asked = serverHonoursIfRange || request.IfRange is null
                ? request
                : request with { Headers = request.Headers.Where(header => header.Key != "If-Range").ToDictionary() };
            return new ServedFile(newContent, "\"two\"").Answer(asked);
        });

        await DownloadAsync(server);

        Assert.Equal(newContent, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Fact]
    public async Task DownloadAsync_WhenPiecesDoNotBelongTogether_FetchesTheWholeOnce()
    {
        // No ETag, no date: only the checksum can tell that the first piece was of another version.
        var old = RandomNumberGenerator.GetBytes(_content.Length);
        var answers = 0;
        using var server = new LoopbackServer(request => ++answers == 1
            ? new ServedFile(old, EntityTag: null).AnswerAndDrop(request, 100_000)
            : new ServedFile(_content, EntityTag: null).Answer(request));

        await DownloadAsync(server, sha256: Sha256(_content));

        Assert.Equal([null, 100_000, null], server.Requests.Select(request => request.RangeStart));
        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Fact]
    public async Task DownloadAsync_WithoutAnyWayToTellVersionsApart_DoesNotContinue()
    {
        var answers = 0;
        using var server = new LoopbackServer(request => ++answers == 1
            ? new ServedFile(_content, EntityTag: null).AnswerAndDrop(request, 100_000)
            : new ServedFile(_content, EntityTag: null).Answer(request));

        await DownloadAsync(server);

        Assert.Equal([null, null], server.Requests.Select(request => request.RangeStart));
        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Fact]
    public async Task DownloadAsync_OfAWrongFile_SaysBothChecksumsAndKeepsNothing()
    {
        using var server = new LoopbackServer(new ServedFile(_content).Answer);
        var expected = new string('0', 64);

        var error = await Assert.ThrowsAsync<DatasetException>(() => DownloadAsync(server, sha256: expected));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(Sha256(_content), error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task DownloadAsync_WhenTheServerPromisesMoreThanItSends_GivesUpAndKeepsThePart()
    {
        using var server = new LoopbackServer(request => request.RangeStart is null
            ? new(200, _content, "ETag: \"one\"") { ContentLength = _content.Length + 5 }
            : new(206, default, "ETag: \"one\"", $"Content-Range: bytes {_content.Length}-{_content.Length + 4}/{_content.Length + 5}") { ContentLength = 5 });

        var error = await Assert.ThrowsAsync<DatasetException>(() => DownloadAsync(server));

        Assert.Contains("Gave up after 4 attempts", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["file.zip"]));
        Assert.Equal(_content.Length, new FileInfo(_folder["file.zip.part"]).Length);
    }

    [Fact]
    public async Task DownloadAsync_WhenTheServerOffersAnotherSize_RefusesBeforeTheBody()
    {
        using var server = new LoopbackServer(_ => new(200, "<html>Please log in</html>"u8.ToArray()));

        var error = await Assert.ThrowsAsync<DatasetException>(() => DownloadAsync(server, bytes: _content.Length));

        Assert.Contains("offers 26 bytes, and 300000 are expected", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task DownloadAsync_WhenTheServerSendsMoreThanExpected_Stops()
    {
        using var server = new LoopbackServer(_ => new(200, _content) { ContentLength = null });

        var error = await Assert.ThrowsAsync<DatasetException>(() => DownloadAsync(server, bytes: 1000));

        Assert.Contains("more than the 1000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task DownloadAsync_WhenTheServerContinuesElsewhere_StartsOver()
    {
        var file = new ServedFile(_content);
        using var server = new LoopbackServer(request => request.RangeStart is { } start
            ? new(206, _content.AsMemory(start + 1), "ETag: \"one\"", $"Content-Range: bytes {start + 1}-{_content.Length - 1}/{_content.Length}")
            : Interlocked.Exchange(ref file, null) is { } first ? first.AnswerAndDrop(request, 100_000) : new ServedFile(_content).Answer(request));

        await DownloadAsync(server);

        Assert.Equal([null, 100_000, null], server.Requests.Select(request => request.RangeStart));
        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Fact]
    public async Task DownloadAsync_WhenEverythingHadArrivedAlready_OnlyRenames()
    {
        using var server = new LoopbackServer(new ServedFile(_content).Answer);
        File.WriteAllBytes(_folder["file.zip.part"], _content);
        File.WriteAllText(_folder["file.zip.part.json"], $$"""{"address":"{{server.Address}}file.zip","entityTag":"\"one\""}""");

        await DownloadAsync(server, sha256: Sha256(_content));

        Assert.Equal(_content.Length, Assert.Single(server.Requests).RangeStart);
        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task DownloadAsync_OfAFileThatIsNotThere_FailsAtOnce(int status)
    {
        using var server = new LoopbackServer(_ => new(status, default));

        var error = await Assert.ThrowsAsync<DatasetException>(() => DownloadAsync(server));

        Assert.Contains($"{status}", error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address.AbsoluteUri, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task DownloadAsync_WhenTheServerIsBusy_WaitsLongerEachTimeAndAsLongAsAsked()
    {
        var answers = 0;
        using var server = new LoopbackServer(request => ++answers switch
        {
            1 or 2 => new(500, default),
            3 => new(429, default, "Retry-After: 30"),
            _ => new ServedFile(_content).Answer(request),
        });

        await DownloadAsync(server);

        Assert.Equal([1, 2, 30], _time.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Fact]
    public async Task DownloadAsync_WhenTheServerNamesATime_WaitsAsLongAsThatIsByItsClock()
    {
        var answers = 0;
        using var server = new LoopbackServer(request => answers++ == 0
            ? new(503, default, "Date: Mon, 30 Nov 2026 10:00:00 GMT", "Retry-After: Mon, 30 Nov 2026 10:00:20 GMT")
            : new ServedFile(_content).Answer(request));

        await DownloadAsync(server);

        Assert.Equal([20], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task DownloadAsync_WhenTheServerStaysBroken_GivesUpAfterTheAttempts()
    {
        using var server = new LoopbackServer(_ => new(500, default));

        var error = await Assert.ThrowsAsync<DatasetException>(() => DownloadAsync(server));

        Assert.Contains("500", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Length);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task DownloadAsync_WhenNobodyListens_GivesUpAfterTheAttempts()
    {
        Uri closed;
        using (var server = new LoopbackServer(_ => new(200, default)))
        {
            closed = server.Address;
        }

        var error = await Assert.ThrowsAsync<DatasetException>(() => Downloader().DownloadAsync(new(closed, _folder["file.zip"])));

        Assert.Contains("Gave up after 4 attempts", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _time.Waits.Count);
    }

    [Fact]
    public async Task DownloadAsync_WhenTheServerFallsSilent_ConnectsAgain()
    {
        var file = new ServedFile(_content);
        using var server = new LoopbackServer(request => request.RangeStart is null
            ? file.AnswerAndDrop(request, 100_000) with { ThenSilence = true }
            : file.Answer(request));
        var impatient = new DownloadOptions { Silence = TimeSpan.FromSeconds(1), FirstDelay = TimeSpan.Zero, Attempts = 60 };

        await new HttpDownloader(_client, impatient, TimeProvider.System, _ => long.MaxValue).DownloadAsync(new(new(server.Address, "file.zip"), _folder["file.zip"]));

        // A busy machine may be silent for a second by itself, so there may be more requests than two.
        Assert.Null(server.Requests[0].RangeStart);
        Assert.NotNull(server.Requests[^1].RangeStart);
        Assert.Equal(_content, File.ReadAllBytes(_folder["file.zip"]));
    }

    [Fact]
    public async Task DownloadAsync_WhenCancelled_KeepsWhatHasArrived()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new LoopbackServer(request => new ServedFile(_content).AnswerAndDrop(request, 100_000) with { ThenSilence = true });
        var progress = new Synchronous<FetchProgress>(report =>
        {
            if (report.Done == 100_000)
            {
                cancel.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Downloader().DownloadAsync(new(new(server.Address, "file.zip"), _folder["file.zip"]), progress, cancel.Token));

        Assert.Equal(100_000, new FileInfo(_folder["file.zip.part"]).Length);
    }

    [Fact]
    public async Task DownloadAsync_WithoutEnoughSpace_SaysBothNumbersAndReceivesNothing()
    {
        using var server = new LoopbackServer(new ServedFile(_content).Answer);
        var downloader = new HttpDownloader(_client, Patient, _time, _ => 100 * 1024);

        var error = await Assert.ThrowsAsync<DatasetException>(() => downloader.DownloadAsync(new(new(server.Address, "file.zip"), _folder["file.zip"])));

        Assert.Contains("293.0 KiB", error.Message, StringComparison.Ordinal);
        Assert.Contains("100.0 KiB are free", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task DownloadAsync_WhileAnotherRuns_SaysSo()
    {
        using var server = new LoopbackServer(new ServedFile(_content).Answer);
        using var other = PartialFile.Open(_folder["file.zip"], server.Address);

        var error = await Assert.ThrowsAsync<DatasetException>(() => DownloadAsync(server));

        Assert.Contains("is in use", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private HttpDownloader Downloader() => new(_client, Patient, _time, _ => long.MaxValue);

    private Task DownloadAsync(LoopbackServer server, long? bytes = null, string? sha256 = null) =>
        Downloader().DownloadAsync(new DownloadRequest(new Uri(server.Address, "file.zip"), _folder["file.zip"], bytes, sha256));
}
