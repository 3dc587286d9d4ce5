using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.Studio.Images;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Tests.Operations;

public sealed class StorageTests
{
    [Fact]
    public async Task Dispose_OfTheServer_RemovesUploadsAndResults()
    {
        var server = await TestServer.StartAsync();
        var storage = server.Server.Services.GetRequiredService<TemporaryStorage>();
        await server.RunJobAsync(new { image = await server.UploadAsync(TestPictures.Png(8, 8)), model = "nearest", scale = 2 });
        Assert.True(storage.BytesUsed() > 3 * 16 * 16);

        await server.DisposeAsync();

        Assert.False(Directory.Exists(storage.Folder));
    }

    [Fact]
    public void Storage_AfterAKill_IsRemovedByTheNextServer()
    {
        // What a killed process leaves: a folder whose lock nobody holds.
        var abandoned = Directory.CreateTempSubdirectory("superres-studio-").FullName;
        File.WriteAllText(Path.Combine(abandoned, "lock"), "");
        using var running = new TemporaryStorage();

        using var next = new TemporaryStorage();

        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(running.Folder));
    }

    [Fact]
    public async Task Sweep_RemovesWhatNobodyAskedForInTime()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Time = time, Limits = new StudioLimits { Kept = TimeSpan.FromHours(1) } });
        var storage = server.Server.Services.GetRequiredService<TemporaryStorage>();
        var janitor = server.Server.Services.GetRequiredService<Janitor>();
        var image = await server.UploadAsync(TestPictures.Png(8, 8));
        var job = (await server.RunJobAsync(new { image, model = "nearest", scale = 2 }))["id"];
        await server.Client.GetByteArrayAsync($"/api/v1/jobs/{job}/result");

        time.Advance(TimeSpan.FromMinutes(50));
        await server.GetAsync($"/api/v1/jobs/{job}");
        time.Advance(TimeSpan.FromMinutes(50));
        janitor.Sweep();

        // Nobody asked for the image, and it stays for the job that was asked for since: its file is needed, and who looks at the result compares it.
        await server.GetAsync($"/api/v1/jobs/{job}");
        await server.GetAsync($"/api/v1/images/{image}");
        time.Advance(TimeSpan.FromMinutes(70));
        janitor.Sweep();
        await server.GetAsync($"/api/v1/jobs/{job}", HttpStatusCode.NotFound);
        await server.GetAsync($"/api/v1/images/{image}", HttpStatusCode.NotFound);
        Assert.Equal(0, storage.BytesUsed());
    }

    [Fact]
    public async Task Sweep_WhenTheDisksShareIsUsedUp_RemovesTheOldestResults()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Time = time, Limits = new StudioLimits { DiskBytes = 40_000 } });
        var image = await server.UploadAsync(TestPictures.Png(50, 50));
        var jobs = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(11));
            jobs.Add((await server.RunJobAsync(new { image, model = "nearest", scale = 2 }))["id"]!.GetValue<string>());
        }

        // Each result is 100 x 100 x 3 bytes: one fits. The image is as old as the first, and jobs go before it.
        server.Server.Services.GetRequiredService<Janitor>().Sweep();

        await server.GetAsync($"/api/v1/jobs/{jobs[0]}", HttpStatusCode.NotFound);
        await server.GetAsync($"/api/v1/jobs/{jobs[1]}", HttpStatusCode.NotFound);
        await server.GetAsync($"/api/v1/jobs/{jobs[2]}");
    }

    [Fact]
    public async Task Job_ThatTheDisksShareHasNoRoomFor_FailsInASentence()
    {
        // 500 x 500 x 3 bytes, which nothing else is in the way of; and 200 x 200 x 3, of which one fits.
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Time = time, Limits = new StudioLimits { DiskBytes = 200_000 } });
        var image = await server.UploadAsync(TestPictures.Png(50, 50));

        var large = await server.RunJobAsync(new { image, model = "nearest", scale = 10 });
        var first = await server.RunJobAsync(new { image, model = "nearest", scale = 4 });
        var second = await server.RunJobAsync(new { image, model = "nearest", scale = 4 });
        time.Advance(TimeSpan.FromMinutes(1));
        var third = await server.RunJobAsync(new { image, model = "nearest", scale = 4 });

        Assert.Equal(["failed", "done", "failed", "done"], ((JsonNode[])[large, first, second, third]).Select(job => job["state"]!.GetValue<string>()));
        Assert.Contains("--disk", large["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("share of the disk", second["error"]!.GetValue<string>(), StringComparison.Ordinal);

        // The first one made room for the third; the image, which all are made of, stays.
        await server.GetAsync($"/api/v1/jobs/{first["id"]}", HttpStatusCode.NotFound);
        await server.GetAsync($"/api/v1/images/{image}");
        Assert.True(server.Server.Services.GetRequiredService<TemporaryStorage>().BytesUsed() <= 200_000);
    }

    [Fact]
    public async Task Study_OfMoreThanTheDisksShareHasRoomFor_IsMadeAndPushesNobodysResultsOut()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Time = time, Limits = new StudioLimits { DiskBytes = 150_000 } });
        string[] images = [await server.UploadAsync(TestPictures.Png(50, 50))];
        var mine = await server.RunJobAsync(new { image = images[0], model = "nearest", scale = 2 });
        time.Advance(TimeSpan.FromMinutes(1));

        // Five results of 30,000 bytes, each with its file.
        await server.PostAsync(
            "/api/v1/studies",
            new { name = "Five", kind = "pair", source = new { type = "models", images, models = (string[])["nearest", "bilinear", "bicubic", "lanczos", "sharpen"], scale = 2 } },
            HttpStatusCode.Created);
        string state;
        while ((state = (await server.GetAsync("/api/v1/studies/Five"))["state"]!.GetValue<string>()) == "preparing")
        {
            await Task.Delay(20);
        }

        Assert.Equal("ready", state);
        await server.GetAsync($"/api/v1/jobs/{mine["id"]}");
    }

    [Fact]
    public async Task Sweep_WhereAFileCantBeDeleted_RemovesTheRestAndTriesAgain()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Time = time });
        var storage = server.Server.Services.GetRequiredService<TemporaryStorage>();
        var janitor = server.Server.Services.GetRequiredService<Janitor>();
        var image = await server.UploadAsync(TestPictures.Png(8, 8));
        var jobs = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            jobs.Add((await server.RunJobAsync(new { image, model = "nearest", scale = 2 }))["id"]!.GetValue<string>());
        }

        // A folder in the file's place can't be deleted as a file on any system.
        var path = server.Server.Services.GetRequiredService<JobBoard>().Get(jobs[0]).Result!.Path;
        File.Delete(path);
        Directory.CreateDirectory(path);
        time.Advance(TimeSpan.FromHours(3));
        janitor.Sweep();

        Assert.Equal(0, storage.BytesUsed());
        foreach (var job in jobs)
        {
            await server.GetAsync($"/api/v1/jobs/{job}", HttpStatusCode.NotFound);
        }

        Directory.Delete(path);
        File.WriteAllText(path, "can be deleted now");
        janitor.Sweep();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Sweep_OfAnImageThatAJobNeeds_KeepsItUntilTheJobIsGone()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Time = time });
        var (images, janitor) = (server.Server.Services.GetRequiredService<ImageStore>(), server.Server.Services.GetRequiredService<Janitor>());
        var image = await server.UploadAsync(TestPictures.Png(8, 8));
        using (images.Lease(image))
        {
            time.Advance(TimeSpan.FromHours(3));
            janitor.Sweep();
            await server.GetAsync($"/api/v1/images/{image}");
        }

        time.Advance(TimeSpan.FromHours(3));
        janitor.Sweep();
        await server.GetAsync($"/api/v1/images/{image}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Server_WhoseFolderIsLost_GoesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not delete a folder that is in use.");
        var time = new HastyTime();
        var data = Directory.CreateTempSubdirectory("superres-data-").FullName;
        await using (var server = await TestServer.StartAsync(new StudioOptions { Time = time, DataFolder = data }))
        {
            Directory.Delete(server.Server.Services.GetRequiredService<TemporaryStorage>().Folder, recursive: true);
            await time.RoundsAsync(5);

            Assert.False(server.Server.WaitForEndAsync().IsCompleted);
            Assert.Equal("ok\n", await server.Client.GetStringAsync("/healthz"));
            var job = await server.RunJobAsync(new { image = await server.UploadAsync(TestPictures.Png(8, 8)), model = "nearest", scale = 2 });
            Assert.Equal("done", job["state"]!.GetValue<string>());
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Upload_WhenTheDisksShareIsUsedUp_IsRefused()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { DiskBytes = 100 } });
        await server.UploadAsync(TestPictures.Png(50, 50));

        using var response = await server.PostFileAsync(TestPictures.Png(8, 8));

        Assert.Equal(HttpStatusCode.InsufficientStorage, response.StatusCode);
        Assert.Contains("share of the disk", (await TestServer.JsonAsync(response))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>Its timers come every few milliseconds, whatever they were asked for.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

        private readonly SemaphoreSlim _rounds = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(
            shared =>
            {
                callback(shared);
                _rounds.Release();
            },
            state,
            Period,
            Period);

        public async Task RoundsAsync(int count)
        {
            for (; count > 0; count--)
            {
                Assert.True(await _rounds.WaitAsync(TimeSpan.FromSeconds(30)), "The janitor has gone.");
            }
        }
    }
}
