using System.Net;
using SuperRes.Resampling;

namespace SuperRes.Studio.Tests.Jobs;

public sealed class JobEndpointTests
{
    [Fact]
    public async Task Result_OfABicubicJob_IsTheLibrarysOwn()
    {
        await using var server = await TestServer.StartAsync();
        var picture = TestPictures.Rgb(40, 30);
        var image = await server.UploadAsync(TestPictures.Encode(picture), "small one.png");

        var job = await server.RunJobAsync(new { image, model = "bicubic", scale = 3 });

        Assert.Equal(("done", 1.0, 120, 90), (job["state"]!.GetValue<string>(), job["share"]!.GetValue<double>(), job["width"]!.GetValue<int>(), job["height"]!.GetValue<int>()));
        using var response = await server.Client.GetAsync($"/api/v1/jobs/{job["id"]}/result");
        Assert.Equal((HttpStatusCode.OK, "small one-x3.png"), (response.StatusCode, response.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        var expected = MatlabResize.ToSize(picture, 120, 90).Samples<byte>().ToArray();
        Assert.Equal(expected, TestPictures.Decode(await response.Content.ReadAsByteArrayAsync()).Samples<byte>().ToArray());
    }

    [Fact]
    public async Task Events_OfAJob_AreProgressThenDone()
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Png(60, 40));
        var job = await server.PostAsync("/api/v1/jobs", new { image, model = "lanczos", scale = 4 }, HttpStatusCode.Accepted);

        var events = await server.EventsAsync(job["id"]!.GetValue<string>());

        Assert.Equal("done", events[^1].Name);
        Assert.All(events.SkipLast(1), item => Assert.Equal("progress", item.Name));
        var shares = events.Select(item => item.Job["share"]!.GetValue<double>()).ToList();
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }
}
