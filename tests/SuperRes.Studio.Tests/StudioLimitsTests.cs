using Microsoft.Extensions.DependencyInjection;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Tests;

public sealed class StudioLimitsTests
{
    [Fact]
    public void Validate_OfTimesThatCantBeWaitedFor_NamesEach()
    {
        var limits = new StudioLimits { JobTime = TimeSpan.FromSeconds(4_294_968), UploadTime = TimeSpan.FromDays(50), Kept = TimeSpan.Zero };

        Assert.Equal(
            [
                "The limit on the time of a job is 4294968 seconds; it is above 0 and at most 4233600.",
                "The limit on the time of an upload is 4320000 seconds; it is above 0 and at most 4233600.",
                "The limit on the time that results are kept is 0 seconds; it is above 0.",
            ],
            limits.Validate());
    }

    [Fact]
    public async Task Server_WithTheLongestTimes_WorksAndKeepsAll()
    {
        var longest = new StudioLimits { JobTime = TimeSpan.FromDays(49), UploadTime = TimeSpan.FromDays(49), Kept = TimeSpan.MaxValue };
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = longest });

        var job = await server.RunJobAsync(new { image = await server.UploadAsync(TestPictures.Png(8, 8)), model = "nearest", scale = 2 });

        server.Server.Services.GetRequiredService<Janitor>().Sweep();
        Assert.Equal("done", (await server.GetAsync($"/api/v1/jobs/{job["id"]}"))["state"]!.GetValue<string>());
    }
}
