using System.Text.Json;
using SuperRes.ModelFiles;

namespace SuperRes.Training.Ablation.Running;

/// <summary>A cell that this process holds, with a heartbeat until it is disposed.</summary>
internal sealed class CellClaim : IDisposable
{
    private readonly string _path;
    private readonly Func<long, ClaimRecord> _record;
    private readonly Func<bool> _isNewest;
    private readonly CancellationTokenSource _lost = new();
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long _beat;
    private bool _disposed;

    public CellClaim(string path, Func<long, ClaimRecord> record, Func<bool> isNewest, TimeSpan heartbeat, TimeProvider time)
    {
        (_path, _record, _isNewest) = (path, record, isNewest);
        _timer = time.CreateTimer(_ => Beat(), null, heartbeat, heartbeat);
    }

    /// <summary>Cancelled when another process took the cell over, because this one looked dead.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether the cell is still this process's.</summary>
    public bool IsHeld => !_lost.IsCancellationRequested && _isNewest();

    /// <summary>Lets others have the cell.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _timer.Dispose();
            TryWrite(_record(_beat + 1) with { Released = true });
        }

        _lost.Dispose();
    }

    private void Beat()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                if (!_isNewest())
                {
                    _lost.Cancel();
                    return;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The share is away for a moment, and so is what it says of the claim.
                return;
            }

            TryWrite(_record(++_beat));
        }
    }

    /// <summary>A heartbeat that can't be written is not the end; the next one may be.</summary>
    private void TryWrite(ClaimRecord record)
    {
        try
        {
            AtomicFile.Write(_path, stream => JsonSerializer.Serialize(stream, record));
        }
        catch (ModelFileException)
        {
        }
    }
}
