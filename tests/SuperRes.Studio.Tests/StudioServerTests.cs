using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Operations;
using SuperRes.Studio.Studies;

namespace SuperRes.Studio.Tests;

public sealed class StudioServerTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("superres-data-").FullName;

    [Fact]
    public async Task StartAsync_OnADatabaseThatIsDamaged_SaysSo()
    {
        File.WriteAllText(Path.Combine(_data, "studies.db"), new string('?', 5000));

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => StudioServer.StartAsync(new StudioOptions { Port = 0, DataFolder = _data }));

        Assert.Contains("studies.db", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--data", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_OnADatabaseOfANewerVersion_SaysSo()
    {
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_data, "studies.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => StudioServer.StartAsync(new StudioOptions { Port = 0, DataFolder = _data }));

        Assert.Contains("version 99", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_OnDataWhereAStudyIsBeingMade_LeavesItToItsMaker_AndFailsItOnceThatIsGone()
    {
        await using (var maker = await TestServer.StartAsync(new StudioOptions { DataFolder = _data }))
        {
            var store = maker.Server.Services.GetRequiredService<StudyStore>();
            using var held = FolderLock.Take(Directory.CreateDirectory(store.FolderOf(store.Add("Mine", StudyKind.Pair, "models"))).FullName);
            await using var second = await TestServer.StartAsync(new StudioOptions { DataFolder = _data });
            Assert.Equal("preparing", (await second.GetAsync("/api/v1/studies/Mine"))["state"]!.GetValue<string>());
        }

        await using var next = await TestServer.StartAsync(new StudioOptions { DataFolder = _data });
        var study = await next.GetAsync("/api/v1/studies/Mine");
        Assert.Equal(("failed", "The server ended while it was made. Delete it and make it again."), (study["state"]!.GetValue<string>(), study["error"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Dispose_WhileSomebodyWatchesAJob_DoesNotWaitForIt()
    {
        var server = await TestServer.StartAsync(new StudioOptions { DataFolder = _data });
        var board = server.Server.Services.GetRequiredService<JobBoard>();

        // One that waits for ever.
        var job = board.Hold([new JobRequest(await server.UploadAsync(TestPictures.Png(8, 8)), "bicubic")])[0];
        using var response = await server.Client.GetAsync($"/api/v1/jobs/{job.Id}/events", HttpCompletionOption.ResponseHeadersRead);
        var started = Stopwatch.GetTimestamp();

        await server.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 4.5);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
