using Microsoft.Extensions.DependencyInjection;
using SuperRes.Studio.Jobs;

namespace SuperRes.Studio.Tests.Jobs;

public sealed class JobBoardTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OverSince_CountsFromTheEndOfAJob_AndLeavesOutWhatIsHeld(bool isHeld)
    {
        var options = new StudioOptions { Time = new TestTime() };
        var time = (TestTime)options.Time;
        await using var server = await TestServer.StartAsync(options);
        var image = await server.UploadAsync(TestPictures.Png(8, 8));

        // A board that no worker takes from.
        using var board = new JobBoard(server.Server.Services.GetRequiredService<JobPlanner>(), options);
        var job = board.Add([new JobRequest(image, "bicubic")], isHeld: isHeld)[0];
        Assert.True(job.TryStart());
        time.Advance(TimeSpan.FromHours(3));

        job.Fail("It took three hours.");

        Assert.Empty(board.OverSince(time.GetTimestamp() - 1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((IEnumerable<Job>)(isHeld ? [] : [job]), board.OverSince(time.GetTimestamp() - 1));
    }
}
