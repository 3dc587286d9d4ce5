using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Jobs;

/// <summary>A file that is made of a result, from the moment somebody asks for it.</summary>
internal sealed class ResultFile : IDisposable
{
    private readonly TemporaryStorage _storage;
    private readonly CancellationTokenSource _stop = new();

    public ResultFile(TemporaryStorage storage, Func<string, CancellationToken, Task> write)
    {
        _storage = storage;
        Made = Task.Run(() => MakeAsync(write));
    }

    /// <summary>The path, once the file is complete.</summary>
    public Task<string> Made { get; }

    /// <summary>How many requests wait for it.</summary>
    public int Waiting { get; set; }

    /// <summary>Stops making it, and deletes it.</summary>
    public void Dispose()
    {
        _stop.Cancel();

        // Now, where it is complete: who makes room counts the bytes next.
        Made.ContinueWith(
            made => _storage.Delete(made.Result),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task<string> MakeAsync(Func<string, CancellationToken, Task> write)
    {
        var path = _storage.NewPath(TemporaryStorage.NewId(), ".result");
        await write(path, _stop.Token).ConfigureAwait(false);
        return path;
    }
}
