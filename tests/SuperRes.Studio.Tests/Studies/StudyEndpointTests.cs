using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.Pixels;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Operations;
using SuperRes.Studio.Studies;

namespace SuperRes.Studio.Tests.Studies;

public sealed class StudyEndpointTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("superres-studies-").FullName;

    [Fact]
    public async Task TenVotes_OnAFolder_AddUpInTheTable()
    {
        // Each method's pictures have one colour, so the test can see what the voter can't know: which is which.
        MakeFolder("duel", ("dark", 20), ("bright", 200), ("original", 100));
        await using var server = await TestServer.StartAsync(new StudioOptions { StudiesFolder = _root });
        await server.PostAsync("/api/v1/studies", new { name = "Duel", kind = "triple", source = new { type = "folder", path = "duel" } }, HttpStatusCode.Created);

        var (bright, dark, same) = (0, 0, 0);
        for (var vote = 0; vote < 10; vote++)
        {
            var voter = vote < 5 ? "Ada" : "Grace";
            var pair = await server.GetAsync($"/api/v1/studies/Duel/next?voter={voter}");
            Assert.Equal((vote % 5, 5), (pair["done"]!.GetValue<int>(), pair["total"]!.GetValue<int>()));
            var leftIsBright = await BrightnessAsync(server, pair["left"]!) > 100;
            Assert.NotEqual(leftIsBright, await BrightnessAsync(server, pair["right"]!) > 100);
            Assert.Equal(100, await BrightnessAsync(server, pair["original"]!));

            // Bright, bright, bright, dark, same: and the same again.
            var wanted = (vote % 5) switch { < 3 => "bright", 3 => "dark", _ => "same" };
            var choice = wanted == "same" ? "same" : (wanted == "bright") == leftIsBright ? "left" : "right";
            (bright, dark, same) = wanted switch { "bright" => (bright + 1, dark, same), "dark" => (bright, dark + 1, same), _ => (bright, dark, same + 1) };
            var answer = await server.PostAsync("/api/v1/studies/Duel/votes", new { voter, pair = pair["pair"]!.GetValue<string>(), choice }, HttpStatusCode.OK);
            Assert.Equal((vote % 5) + 1, answer["done"]!.GetValue<int>());
        }

        Assert.Null((await server.GetAsync("/api/v1/studies/Duel/next?voter=Ada"))["pair"]);
        var results = await server.GetAsync("/api/v1/studies/Duel/results");
        Assert.Equal(10, results["votes"]!.GetValue<int>());
        Assert.Equal((6, 2, 2), (bright, dark, same));
        var first = results["methods"]![0]!;
        Assert.Equal(("bright", 6, 2, 2), (first["name"]!.GetValue<string>(), first["wins"]!.GetValue<int>(), first["losses"]!.GetValue<int>(), first["ties"]!.GetValue<int>()));
        Assert.Equal(0.7, first["preference"]!.GetValue<double>(), 12);

        // Wilson for 7 of 10, computed by hand; and ln 3 apart, centred.
        Assert.Equal((0.3968, 0.8922), (Math.Round(first["low"]!.GetValue<double>(), 4), Math.Round(first["high"]!.GetValue<double>(), 4)));
        Assert.Equal(Math.Log(3) / 2, first["bradleyTerry"]!.GetValue<double>(), 6);
        var csv = await server.Client.GetStringAsync("/api/v1/studies/Duel/results.csv");
        Assert.Equal(11, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(6, csv.Split(",bright\r\n").Length - 1);
    }

    [Fact]
    public async Task NextPair_WithPairsToSkip_IsAnother()
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200));
        await using var server = await TestServer.StartAsync(new StudioOptions { StudiesFolder = _root });
        await server.PostAsync("/api/v1/studies", new { name = "Duel", kind = "pair", source = new { type = "folder", path = "duel" } }, HttpStatusCode.Created);

        var seen = new List<string>();
        for (var query = ""; await server.GetAsync($"/api/v1/studies/Duel/next?voter=Ada{query}") is var next && next["pair"] is { } pair; query += $"&skip={seen[^1]}")
        {
            seen.Add(pair.GetValue<string>());
        }

        Assert.Equal(["0", "1", "2", "3", "4"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Votes_AfterARestart_AreStillThere()
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200));
        var options = new StudioOptions { StudiesFolder = _root, DataFolder = Path.Combine(_root, ".data") };
        await using (var server = await TestServer.StartAsync(options))
        {
            await server.PostAsync("/api/v1/studies", new { name = "Duel", kind = "pair", source = new { type = "folder", path = "duel" } }, HttpStatusCode.Created);
            var pair = await server.GetAsync("/api/v1/studies/Duel/next?voter=Ada");
            await server.PostAsync("/api/v1/studies/Duel/votes", new { voter = "Ada", pair = pair["pair"]!.GetValue<string>(), choice = "left" }, HttpStatusCode.OK);
        }

        await using var again = await TestServer.StartAsync(options);

        Assert.Equal(1, (await again.GetAsync("/api/v1/studies/Duel/next?voter=Ada"))["done"]!.GetValue<int>());
        Assert.Equal(0, (await again.GetAsync("/api/v1/studies/Duel/next?voter=Grace"))["done"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("others")]
    public async Task Pair_WhereTheServerHasNotTheStudysFolder_IsRefused(string? folder)
    {
        MakeFolder("own/duel", ("dark", 20), ("bright", 200));
        MakeFolder("others/duel", ("dark", 90), ("bright", 91));
        var options = new StudioOptions { StudiesFolder = Path.Combine(_root, "own"), DataFolder = Path.Combine(_root, ".data") };
        string left;
        await using (var server = await TestServer.StartAsync(options))
        {
            await server.PostAsync("/api/v1/studies", new { name = "Duel", kind = "pair", source = new { type = "folder", path = "duel" } }, HttpStatusCode.Created);
            left = (await server.GetAsync("/api/v1/studies/Duel/next?voter=Ada"))["left"]!.GetValue<string>();
        }

        await using (var other = await TestServer.StartAsync(options with { StudiesFolder = folder is null ? null : Path.Combine(_root, folder) }))
        {
            foreach (var address in (string[])[left, "/api/v1/studies/Duel/next?voter=Ada"])
            {
                var problem = await other.GetAsync(address, HttpStatusCode.Conflict);
                Assert.Contains("--studies", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            }
        }

        await using var again = await TestServer.StartAsync(options);
        Assert.Contains(await BrightnessAsync(again, left), (int[])[20, 200]);
    }

    [Fact]
    public async Task Study_OfADatabaseThatKeptNoFolders_IsStillShown()
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200));
        var options = new StudioOptions { StudiesFolder = _root, DataFolder = Path.Combine(_root, ".data") };
        await using (var server = await TestServer.StartAsync(options))
        {
            await server.PostAsync("/api/v1/studies", new { name = "Duel", kind = "pair", source = new { type = "folder", path = "duel" } }, HttpStatusCode.Created);
        }

        // As version 1 had it.
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_root, ".data", "studies.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE study DROP COLUMN root; PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        await using var again = await TestServer.StartAsync(options);

        var pair = await again.GetAsync("/api/v1/studies/Duel/next?voter=Ada");
        Assert.Contains(await BrightnessAsync(again, pair["left"]!.GetValue<string>()), (int[])[20, 200]);
    }

    [Fact]
    public async Task Vote_AgainOnAPair_ReplacesTheFirst()
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200));
        await using var server = await TestServer.StartAsync(new StudioOptions { StudiesFolder = _root });
        await server.PostAsync("/api/v1/studies", new { name = "Duel", kind = "pair", source = new { type = "folder", path = "duel" } }, HttpStatusCode.Created);

        await server.PostAsync("/api/v1/studies/Duel/votes", new { voter = "Ada", pair = "0", choice = "left" }, HttpStatusCode.OK);
        await server.PostAsync("/api/v1/studies/Duel/votes", new { voter = "Ada", pair = "0", choice = "right" }, HttpStatusCode.OK);

        Assert.Equal(1, (await server.GetAsync("/api/v1/studies/Duel/results"))["votes"]!.GetValue<int>());
        Assert.Contains("left or right", (await server.PostAsync("/api/v1/studies/Duel/votes", new { voter = "Ada", pair = "0", choice = "same" }, HttpStatusCode.BadRequest))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("'choice' has a value of another kind than is expected: one of left, right, same.", (await server.PostAsync("/api/v1/studies/Duel/votes", new { voter = "Ada", pair = "0", choice = "up" }, HttpStatusCode.BadRequest))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await server.PostAsync("/api/v1/studies/Duel/votes", new { voter = "Ada", pair = "5", choice = "left" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pair_OfARemovedStudy_IsNotThatOfTheNextOfItsName()
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200), ("original", 100));
        await using var server = await TestServer.StartAsync(new StudioOptions { StudiesFolder = _root });
        var duel = new { name = "Duel", kind = "pair", source = new { type = "folder", path = "duel" } };
        await server.PostAsync("/api/v1/studies", duel, HttpStatusCode.Created);
        var removed = await server.GetAsync("/api/v1/studies/Duel/next?voter=Ada");
        await server.Client.DeleteAsync("/api/v1/studies/Duel");
        await server.PostAsync("/api/v1/studies", duel, HttpStatusCode.Created);

        var pair = await server.GetAsync("/api/v1/studies/Duel/next?voter=Ada");

        // Browsers keep the pictures by their addresses, and a page may still show the pair.
        foreach (var picture in (string[])["left", "right", "original"])
        {
            await server.GetAsync(removed[picture]!.GetValue<string>(), HttpStatusCode.NotFound);
            using var response = await server.Client.GetAsync(pair[picture]!.GetValue<string>());
            Assert.Equal((HttpStatusCode.OK, true), (response.StatusCode, response.Headers.CacheControl!.Private));
        }

        await server.PostAsync("/api/v1/studies/Duel/votes", VoteOn(removed), HttpStatusCode.NotFound);
        Assert.Equal(0, (await server.GetAsync("/api/v1/studies/Duel/results"))["votes"]!.GetValue<int>());
        await server.PostAsync("/api/v1/studies/Duel/votes", VoteOn(pair), HttpStatusCode.OK);

        // Nothing but the word tells the sides' addresses apart.
        Assert.Equal(pair["left"]!.GetValue<string>().Replace("/left?", "/right?", StringComparison.Ordinal), pair["right"]!.GetValue<string>());

        static object VoteOn(JsonNode pair) => new { voter = "Ada", study = pair["study"]!.GetValue<string>(), pair = pair["pair"]!.GetValue<string>(), choice = "left" };
    }

    [Fact]
    public async Task Study_OfModels_IsMadeAndCanBeVotedIn()
    {
        await using var server = await TestServer.StartAsync();
        string[] images = [await server.UploadAsync(TestPictures.Png(24, 16), "a.png"), await server.UploadAsync(TestPictures.Png(16, 24), "b.png")];
        var begun = await server.PostAsync(
            "/api/v1/studies", new { name = "Classics", kind = "triple", source = new { type = "models", images, models = (string[])["nearest", "bicubic", "lanczos"], scale = 2 } }, HttpStatusCode.Created);
        Assert.Equal((2, 3, 6), (begun["images"]!.GetValue<int>(), begun["methods"]!.AsArray().Count, begun["pairs"]!.GetValue<int>()));

        var study = await MadeAsync(server, "Classics");

        Assert.Equal(("ready", 2, 6), (study["state"]!.GetValue<string>(), study["images"]!.GetValue<int>(), study["pairs"]!.GetValue<int>()));
        var pair = await server.GetAsync("/api/v1/studies/Classics/next?voter=Ada");
        var picture = TestPictures.Decode(await server.Client.GetByteArrayAsync(pair["left"]!.GetValue<string>()));
        Assert.Contains((picture.Width, picture.Height), (IEnumerable<(int, int)>)[(48, 32), (32, 48)]);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync("/api/v1/studies/Classics")).StatusCode);
        await server.GetAsync("/api/v1/studies/Classics", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Study_ThatTakesLongerToMakeThanResultsAreKept_KeepsThem()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Time = time });
        var janitor = server.Server.Services.GetRequiredService<Janitor>();
        string[] images = [await server.UploadAsync(TestPictures.Png(200, 150)), await server.UploadAsync(TestPictures.Png(150, 200))];
        var source = new { type = "models", images, models = (string[])["nearest", "bilinear", "bicubic", "lanczos"], scale = 4 };
        await server.PostAsync("/api/v1/studies", new { name = "Slow", kind = "pair", source }, HttpStatusCode.Created);
        var made = MadeAsync(server, "Slow");

        while (!made.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(3));
            janitor.Sweep();
            await Task.Delay(1);
        }

        var study = await made;
        Assert.True(study["state"]!.GetValue<string>() == "ready", study.ToJsonString());
    }

    [Fact]
    public async Task Study_OfMoreResultsThanMayWait_IsMade()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { Queue = 2 } });
        string[] images = [await server.UploadAsync(TestPictures.Png(24, 16), "a.png"), await server.UploadAsync(TestPictures.Png(16, 24), "b.png")];
        var source = new { type = "models", images, models = (string[])["nearest", "bicubic", "lanczos"], scale = 2 };
        await server.PostAsync("/api/v1/studies", new { name = "Many", kind = "pair", source }, HttpStatusCode.Created);

        var study = await MadeAsync(server, "Many");

        Assert.True(study["state"]!.GetValue<string>() == "ready", study.ToJsonString());
        Assert.Equal((2, 6), (study["images"]!.GetValue<int>(), study["pairs"]!.GetValue<int>()));

        // Nothing of the jobs is left.
        Assert.False(server.Server.Services.GetRequiredService<JobBoard>().IsBusy);
        Assert.DoesNotContain(Directory.EnumerateFiles(server.Server.Services.GetRequiredService<TemporaryStorage>().Folder), path => path.EndsWith(".pixels", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Study_OfWhichOneJobFails_SaysWhyAndLeavesNoJobs()
    {
        // The second image is too large for the memory of a job, the first is not.
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { JobMemory = 4_000_000 } });
        string[] images = [await server.UploadAsync(TestPictures.Png(24, 16), "small.png"), await server.UploadAsync(TestPictures.Png(1500, 20), "wide.png"), await server.UploadAsync(TestPictures.Png(16, 24), "last.png")];
        var source = new { type = "models", images, models = (string[])["nearest", "bicubic"], scale = 2 };
        await server.PostAsync("/api/v1/studies", new { name = "Large", kind = "pair", source }, HttpStatusCode.Created);

        var study = await MadeAsync(server, "Large");

        Assert.Equal("failed", study["state"]!.GetValue<string>());
        Assert.Contains("of memory, and this server allows", study["error"]!.GetValue<string>(), StringComparison.Ordinal);
        var board = server.Server.Services.GetRequiredService<JobBoard>();
        Assert.True(SpinWait.SpinUntil(() => !board.IsBusy, TimeSpan.FromSeconds(30)), "Jobs of the study are left.");
    }

    [Fact]
    public async Task Delete_OfAStudyThatIsBeingMade_EndsItsJobsAndLeavesTheNextAlone()
    {
        await using var server = await TestServer.StartAsync();
        string[] images = [await server.UploadAsync(TestPictures.Png(900, 800)), await server.UploadAsync(TestPictures.Png(800, 900))];
        var source = new { type = "models", images, models = (string[])["lanczos", "sharpen", "bilinear", "bicubic"], scale = 4 };
        await server.PostAsync("/api/v1/studies", new { name = "Duel", kind = "pair", source }, HttpStatusCode.Created);

        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync("/api/v1/studies/Duel")).StatusCode);

        Assert.Contains("superres_jobs_waiting 0\n", await server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        string[] small = [await server.UploadAsync(TestPictures.Png(24, 16))];
        await server.PostAsync(
            "/api/v1/studies", new { name = "Duel", kind = "pair", source = new { type = "models", images = small, models = (string[])["nearest", "bicubic"], scale = 2 } }, HttpStatusCode.Created);
        var study = await MadeAsync(server, "Duel");
        Assert.Equal(("ready", 1), (study["state"]!.GetValue<string>(), study["images"]!.GetValue<int>()));
        Assert.Equal(["nearest", "bicubic"], study["methods"]!.AsArray().Select(method => method!.GetValue<string>()));
    }

    [Theory]
    [InlineData("Anna K.", HttpStatusCode.OK)]
    [InlineData("木 №1", HttpStatusCode.OK)]
    [InlineData("...", HttpStatusCode.BadRequest)]
    [InlineData(".Anna", HttpStatusCode.BadRequest)]
    [InlineData("Anna ", HttpStatusCode.BadRequest)]
    [InlineData("a/b", HttpStatusCode.BadRequest)]
    public async Task NextPair_OfAVoter_NeedsANameThatCanBeShown(string voter, HttpStatusCode expected)
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200));
        await using var server = await TestServer.StartAsync(new StudioOptions { StudiesFolder = _root });
        await server.PostAsync("/api/v1/studies", new { name = "Duel Jr.", kind = "pair", source = new { type = "folder", path = "duel" } }, HttpStatusCode.Created);

        await server.GetAsync($"/api/v1/studies/Duel%20Jr./next?voter={Uri.EscapeDataString(voter)}", expected);
    }

    [Fact]
    public async Task Study_AfterOneThatWasRemoved_HasAnIdOfItsOwn()
    {
        await using var server = await TestServer.StartAsync();
        var store = server.Server.Services.GetRequiredService<StudyStore>();
        var removed = store.Add("Duel", StudyKind.Pair, StudyMaker.FromModels);
        store.Remove(removed);

        var next = store.Add("Duel", StudyKind.Pair, StudyMaker.FromModels);

        Assert.NotEqual(removed.Id, next.Id);
        Assert.False(store.Has(removed));
    }

    [Fact]
    public async Task Vote_InAStudyThatHasJustBeenRemoved_IsRefusedInASentence()
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200));
        await using var server = await TestServer.StartAsync(new StudioOptions { StudiesFolder = _root });
        await server.PostAsync("/api/v1/studies", new { name = "Duel", kind = "pair", source = new { type = "folder", path = "duel" } }, HttpStatusCode.Created);
        var store = server.Server.Services.GetRequiredService<StudyStore>();
        var study = store.Get("Duel");
        store.Remove(study);

        var refusal = Assert.Throws<StudioException>(() => store.Vote(study, "ann", 0, 1));

        Assert.Equal((404, "The study 'Duel' has just been removed."), (refusal.Status, refusal.Message));
    }

    [Theory]
    [InlineData("../duel")]
    [InlineData("/etc")]
    [InlineData("nothing")]
    public async Task Study_OfAFolderThatIsNotListed_IsRefused(string path)
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200));
        await using var server = await TestServer.StartAsync(new StudioOptions { StudiesFolder = _root });

        var problem = await server.PostAsync("/api/v1/studies", new { name = "X", kind = "pair", source = new { type = "folder", path } }, HttpStatusCode.BadRequest);

        Assert.Contains("Known: duel.", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models")]
    [InlineData("images")]
    public async Task Study_OfNull_IsRefusedInASentence(string field)
    {
        await using var server = await TestServer.StartAsync();
        var source = new Dictionary<string, object?> { ["type"] = "models", ["images"] = (string[])["nothing"], ["models"] = (string[])["nearest", "bicubic"], [field] = (string?[])["bicubic", "nearest", null] };

        var problem = await server.PostAsync("/api/v1/studies", new { name = "X", kind = "pair", source }, HttpStatusCode.BadRequest);

        Assert.Contains($"'{field}' has a null", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_WhoseResultsDifferInSize_IsRefused()
    {
        MakeFolder("duel", ("dark", 20), ("bright", 200));
        File.WriteAllBytes(Path.Combine(_root, "duel", "dark", "picture1.png"), TestPictures.Png(9, 9));
        await using var server = await TestServer.StartAsync(new StudioOptions { StudiesFolder = _root });

        var problem = await server.PostAsync("/api/v1/studies", new { name = "X", kind = "pair", source = new { type = "folder", path = "duel" } }, HttpStatusCode.BadRequest);

        Assert.Contains("9 x 9", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await server.GetAsync("/api/v1/studies/X", HttpStatusCode.NotFound);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<JsonNode> MadeAsync(TestServer server, string name)
    {
        while (true)
        {
            var study = await server.GetAsync($"/api/v1/studies/{name}");
            if (study["state"]!.GetValue<string>() != "preparing")
            {
                return study;
            }

            await Task.Delay(50);
        }
    }

    private static async Task<int> BrightnessAsync(TestServer server, JsonNode url) =>
        TestPictures.Decode(await server.Client.GetByteArrayAsync(url.GetValue<string>())).Samples<byte>()[0];

    private void MakeFolder(string name, params (string Method, byte Value)[] methods)
    {
        foreach (var (method, value) in methods)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_root, name, method)).FullName;
            for (var picture = 0; picture < 5; picture++)
            {
                var pixels = new byte[3 * 8 * 8];
                pixels.AsSpan().Fill(value);
                File.WriteAllBytes(Path.Combine(folder, $"picture{picture}.png"), TestPictures.Encode(ImageBuffer.FromSamples(8, 8, ColorModel.Rgb, pixels)));
            }
        }
    }
}
