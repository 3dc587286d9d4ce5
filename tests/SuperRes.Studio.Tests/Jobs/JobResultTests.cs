using Microsoft.AspNetCore.Http;
using SuperRes.Pixels;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Tests.Jobs;

public sealed class JobResultTests : IDisposable
{
    private readonly TemporaryStorage _storage = new();

    [Fact]
    public async Task File_IsMadeForAsLongAsSomebodyWaits()
    {
        using var result = new JobResult(_storage, _storage.NewPath("result", ".pixels"), SampleType.UInt8);
        var (first, second) = (new Making(), new Making());
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var waiting = (one: result.FileAsync("webp", first.WriteAsync, one.Token), other: result.FileAsync("webp", second.WriteAsync, other.Token));
        await first.Started;

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.one);
        Assert.False(first.Stopped.IsCompleted);

        await other.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.other);
        await first.Stopped.WaitAsync(TimeSpan.FromSeconds(30));

        // Both waited for one file; who asks now gets another.
        Assert.False(second.Started.IsCompleted);
        var path = await result.FileAsync("webp", (file, _) => File.WriteAllTextAsync(file, "made"), CancellationToken.None);
        Assert.Equal("made", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task File_OfAResultThatIsRemoved_IsStoppedAndSaidToBeGone()
    {
        var result = new JobResult(_storage, _storage.NewPath("result", ".pixels"), SampleType.UInt8);
        var making = new Making();
        var waiting = result.FileAsync("webp", making.WriteAsync, CancellationToken.None);
        await making.Started;

        result.Dispose();

        Assert.Equal(StatusCodes.Status404NotFound, (await Assert.ThrowsAsync<StudioException>(() => waiting)).Status);
        Assert.Equal(StatusCodes.Status404NotFound, (await Assert.ThrowsAsync<StudioException>(() => result.FileAsync("webp", making.WriteAsync, CancellationToken.None))).Status);
    }

    public void Dispose() => _storage.Dispose();

    /// <summary>A file that takes for ever.</summary>
    private sealed class Making
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        public Task Stopped => _stopped.Task;

        public async Task WriteAsync(string path, CancellationToken stop)
        {
            _started.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            finally
            {
                _stopped.SetResult();
            }
        }
    }
}
