using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.Cli.Tests.EndToEnd;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Tests.Operations;

/// <summary>A disk that is full, whatever the server's own share of it.</summary>
public sealed class FullDiskTests
{
    private const string Sentence = "there is no room on the server's disk";

    [Fact]
    public async Task Upload_OnAFullDisk_IsRefusedWithoutAPath()
    {
        await using var server = await TestServer.StartAsync();
        using var disk = Fill(server, out var folder);

        using var response = await server.PostFileAsync(new byte[300_000]);

        Assert.Equal(HttpStatusCode.InsufficientStorage, response.StatusCode);
        AssertSentence((await TestServer.JsonAsync(response))["detail"]!.GetValue<string>(), folder);
    }

    [Fact]
    public async Task Job_OnAFullDisk_FailsWithoutAPath()
    {
        await using var server = await TestServer.StartAsync();
        using var disk = Fill(server, out var folder);
        var image = await server.UploadAsync(TestPictures.Png(50, 50));

        var job = await server.RunJobAsync(new { image, model = "nearest", scale = 10 });

        Assert.Equal("failed", job["state"]!.GetValue<string>());
        AssertSentence(job["error"]!.GetValue<string>(), folder);
    }

    [Fact]
    public async Task Result_OnAFullDisk_IsRefusedWithoutAPath()
    {
        await using var server = await TestServer.StartAsync();
        using var disk = Fill(server, out var folder);

        // What the job makes fits, and nothing beside it.
        var image = await server.UploadAsync(TestPictures.Png(50, 50));
        var job = await server.RunJobAsync(new { image, model = "nearest", scale = 4 });
        Assert.True(job["state"]!.GetValue<string>() == "done", job.ToJsonString());
        FillUp(Path.Combine(folder, "rest"));

        var problem = await server.GetAsync($"/api/v1/jobs/{job["id"]}/result?format=tif", HttpStatusCode.InsufficientStorage);

        AssertSentence(problem["detail"]!.GetValue<string>(), folder);
    }

    [Theory]
    [InlineData("images/{0}/preview")]
    [InlineData("images/{0}/preview?max=40")]
    [InlineData("jobs/{1}/preview?max=200")]
    [InlineData("jobs/{1}/error-map")]
    public async Task Preview_OnAFullDisk_IsRefusedWithoutAPath(string address)
    {
        await using var server = await TestServer.StartAsync();
        using var disk = Fill(server, out var folder);
        var image = await server.UploadAsync(TestPictures.Png(50, 50));
        var job = await server.RunJobAsync(new { image, model = "nearest", scale = 1, reference = image });
        Assert.True(job["state"]!.GetValue<string>() == "done", job.ToJsonString());
        FillUp(Path.Combine(folder, "rest"));

        var problem = await server.GetAsync("/api/v1/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, address, image, job["id"]), HttpStatusCode.InsufficientStorage);

        AssertSentence(problem["detail"]!.GetValue<string>(), folder);
    }

    [Fact]
    public async Task HeatMap_OnAFullDisk_IsRefusedWithoutAPath()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        using var disk = Fill(server, out var folder);
        var image = await server.UploadAsync(TestPictures.Png(50, 50));
        FillUp(Path.Combine(folder, "rest"));

        var problem = await server.PostAsync("/api/v1/attention", new { image, model = "tiny-cbam-x2" }, HttpStatusCode.InsufficientStorage);

        AssertSentence(problem["detail"]!.GetValue<string>(), folder);
    }

    private static void AssertSentence(string text, string folder)
    {
        Assert.Contains(Sentence, text, StringComparison.Ordinal);
        Assert.DoesNotContain(folder, text, StringComparison.Ordinal);
    }

    private static void FillUp(string path)
    {
        using var rest = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        Assert.Throws<IOException>(() =>
        {
            for (var kilobytes = 0; kilobytes < 256; kilobytes++)
            {
                rest.Write(new byte[1024]);
            }
        });
    }

    /// <summary>Lays a disk of 256 KB over the server's folder.</summary>
    private static SmallDisk Fill(TestServer server, out string folder)
    {
        folder = server.Server.Services.GetRequiredService<TemporaryStorage>().Folder;
        var disk = SmallDisk.TryMount(folder, "size=256k");
        Assert.SkipWhen(disk is null, "Mounting needs root and a kernel that allows it.");
        return disk;
    }
}
