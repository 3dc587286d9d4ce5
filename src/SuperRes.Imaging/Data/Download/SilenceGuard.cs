using System.Globalization;

namespace SuperRes.Imaging.Data.Download;

/// <summary>Ends network calls that bring nothing for too long. Time spent elsewhere, on the disk say, doesn't count.</summary>
internal sealed class SilenceGuard(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _elapsed = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Runs one call.</summary>
    /// <exception cref="TransferInterruptedException">The network failed, or was silent for too long.</exception>
    public async Task<T> WatchAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_elapsed.Token, cancellationToken);
        _elapsed.CancelAfter(limit);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new DatasetException($"No secure connection: {(exception.InnerException ?? exception).Message} Check this machine's clock, certificates and proxy.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new TransferInterruptedException(exception.Message.TrimEnd('.') + ".", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransferInterruptedException(string.Create(CultureInfo.InvariantCulture, $"Nothing came for {limit.TotalSeconds:0.#} seconds."), exception);
        }
        finally
        {
            _elapsed.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _elapsed.Dispose();
}
