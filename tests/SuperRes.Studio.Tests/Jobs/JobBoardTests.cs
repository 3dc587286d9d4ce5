using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Operations;

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
        using var board = new JobBoard(server.Server.Services.GetRequiredService<JobPlanner>(), options, new StudioMetrics());
        var job = (isHeld ? board.Hold([new JobRequest(image, "bicubic")]) : board.Add([new JobRequest(image, "bicubic")]))[0];
        Assert.True(job.TryStart());
        time.Advance(TimeSpan.FromHours(3));

        job.Fail("It took three hours.");

        Assert.Empty(board.OverSince(time.GetTimestamp() - 1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((IEnumerable<Job>)(isHeld ? [] : [job]), board.OverSince(time.GetTimestamp() - 1));
    }

    [Fact]
    public async Task Add_OfMoreThanHavePlacesNow_IsRefusedForNow_AndOfMoreThanThereEverAre_ForGood()
    {
        var options = new StudioOptions { Limits = new StudioLimits { Queue = 2 } };
        await using var server = await TestServer.StartAsync(options);
        var request = new JobRequest(await server.UploadAsync(TestPictures.Png(8, 8)), "bicubic");

        // A board that no worker takes from.
        using var board = new JobBoard(server.Server.Services.GetRequiredService<JobPlanner>(), options, new StudioMetrics());
        board.Add([request]);

        var now = Assert.Throws<StudioException>(() => board.Add([request, request]));
        var never = Assert.Throws<StudioException>(() => board.Add([request, request, request]));

        Assert.Equal(StatusCodes.Status429TooManyRequests, now.Status);
        Assert.Contains("lets 2 wait. Try again", now.Message, StringComparison.Ordinal);
        Assert.Equal(StatusCodes.Status400BadRequest, never.Status);
        Assert.Contains("lets 2 wait. Ask for fewer", never.Message, StringComparison.Ordinal);
        Assert.Equal(1, board.Queue.Count);
    }

    [Fact]
    public async Task Remove_OfAJobThatWaits_CountsItAsCancelled()
    {
        var metrics = new StudioMetrics();
        var options = new StudioOptions();
        await using var server = await TestServer.StartAsync(options);
        using var board = new JobBoard(server.Server.Services.GetRequiredService<JobPlanner>(), options, metrics);
        var job = board.Add([new JobRequest(await server.UploadAsync(TestPictures.Png(8, 8)), "bicubic")])[0];

        // The second time it is over, and is forgotten.
        board.Remove(job);
        board.Remove(job);

        Assert.False(board.Has(job));
        Assert.Contains("superres_jobs_total{state=\"cancelled\"} 1\n", metrics.Write(0, 0, 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddWhenFree_OnAFullQueue_WaitsForAPlace()
    {
        var options = new StudioOptions { Limits = new StudioLimits { Queue = 1 } };
        await using var server = await TestServer.StartAsync(options);
        var request = new JobRequest(await server.UploadAsync(TestPictures.Png(8, 8)), "bicubic");
        using var board = new JobBoard(server.Server.Services.GetRequiredService<JobPlanner>(), options, new StudioMetrics());
        var first = board.Add([request])[0];
        var (second, third) = (board.Hold([request])[0], board.Hold([request])[0]);
        var adding = (second: board.Queue.AddWhenFreeAsync(second, CancellationToken.None), third: board.Queue.AddWhenFreeAsync(third, CancellationToken.None));

        // One that is cancelled waits no longer, and takes no place.
        third.Cancel();
        await adding.third.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(adding.second.IsCompleted);

        Assert.Same(first, await board.Queue.TakeAsync(onlySmall: false, CancellationToken.None));
        await adding.second.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Same(second, await board.Queue.TakeAsync(onlySmall: false, CancellationToken.None));
    }
}
