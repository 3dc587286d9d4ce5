using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.Metrics;
using SuperRes.Resampling;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Tests.Contests;

public sealed class ContestEndpointTests
{
    [Fact]
    public async Task Contest_OnARegion_RunsEveryModelThatMakesTheScale()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        var image = await server.UploadAsync(TestPictures.Png(60, 50));

        var contest = await server.PostAsync("/api/v1/contests", new { image, scale = 4, region = new { x = 10, y = 5, width = 20, height = 16 } }, HttpStatusCode.Accepted);

        Assert.Equal(["nearest", "bilinear", "bicubic", "lanczos", "sharpen", "espcn-x4"], contest["jobs"]!.AsArray().Select(job => job!["model"]!.GetValue<string>()));
        foreach (var job in contest["jobs"]!.AsArray())
        {
            Assert.Equal("done", (await server.EventsAsync(job!["id"]!.GetValue<string>()))[^1].Name);
        }

        var over = await server.GetAsync($"/api/v1/contests/{contest["id"]}");
        Assert.All(over["jobs"]!.AsArray(), job => Assert.Equal((80, 64, "done"), (job!["width"]!.GetValue<int>(), job["height"]!.GetValue<int>(), job["state"]!.GetValue<string>())));
        Assert.All(over["jobs"]!.AsArray(), job => Assert.True(job!["milliseconds"]!.GetValue<double>() > 0));
        await server.GetAsync("/api/v1/contests/nothing", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Contest_ThatIsWatched_KeepsItsJobs()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Time = time, Limits = new StudioLimits { Kept = TimeSpan.FromHours(1) } });
        var image = await server.UploadAsync(TestPictures.Png(20, 20));
        var contest = await server.PostAsync("/api/v1/contests", new { image, scale = 2, models = (string[])["nearest", "bicubic"] }, HttpStatusCode.Accepted);
        foreach (var job in contest["jobs"]!.AsArray())
        {
            await server.EventsAsync(job!["id"]!.GetValue<string>());
        }

        for (var round = 0; round < 3; round++)
        {
            time.Advance(TimeSpan.FromMinutes(50));
            server.Server.Services.GetRequiredService<Janitor>().Sweep();
            Assert.Equal(2, (await server.GetAsync($"/api/v1/contests/{contest["id"]}"))["jobs"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task Contest_OfNull_IsRefusedInASentence()
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Png(8, 8));

        var problem = await server.PostAsync("/api/v1/contests", new { image, models = (string?[])["bicubic", null] }, HttpStatusCode.BadRequest);

        Assert.Contains("'models' has a null", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contest_WithAReferenceOfTheWholePicture_MeasuresTheRegion()
    {
        await using var server = await TestServer.StartAsync();
        var large = TestPictures.Rgb(121, 91);

        // The reference is a pixel wider and higher than twice the picture, as where a photo of odd size was reduced.
        var image = await server.UploadAsync(TestPictures.Encode(MatlabResize.ToSize(large.Crop(0, 0, 120, 90), 60, 45)));
        var reference = await server.UploadAsync(TestPictures.Encode(large));

        var contest = await server.PostAsync(
            "/api/v1/contests", new { image, scale = 2, reference, models = (string[])["bicubic"], region = new { x = 20, y = 10, width = 30, height = 20 } }, HttpStatusCode.Accepted);

        var job = (await server.EventsAsync(contest["jobs"]![0]!["id"]!.GetValue<string>()))[^1].Job;
        var result = TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/jobs/{job["id"]}/result"));
        Assert.Equal(Protocols.Y.Measure(result, large.Crop(40, 20, 60, 40), 2).Psnr, job["metrics"]!["psnr"]!.GetValue<double>(), 9);
        var wrong = await server.UploadAsync(TestPictures.Png(100, 90));
        await server.PostAsync("/api/v1/contests", new { image, scale = 2, reference = wrong }, HttpStatusCode.BadRequest);
    }
}
