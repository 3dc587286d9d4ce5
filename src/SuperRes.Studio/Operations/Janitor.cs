using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SuperRes.Studio.Attention;
using SuperRes.Studio.Contests;
using SuperRes.Studio.Images;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Models;

namespace SuperRes.Studio.Operations;

/// <summary>Removes what nobody asks for any more, and the oldest when the disk's share is used up; gives idle networks' memory back.</summary>
internal sealed partial class Janitor(
    TemporaryStorage storage, ImageStore images, JobBoard board, ContestBoard contests, AttentionDesk attention, ModelShelf models, StudioOptions options, ILogger<Janitor> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan IdleModels = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time = options.Time;
    private long _lastBusy = options.Time.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            Sweep();
        }
    }

    /// <summary>One round.</summary>
    public void Sweep()
    {
        var now = _time.GetTimestamp();
        var old = now - (long)(options.Limits.Kept.TotalSeconds * _time.TimestampFrequency);
        foreach (var job in board.OverSince(old))
        {
            board.Remove(job);
        }

        foreach (var image in images.UnusedSince(old))
        {
            images.Remove(image.Id);
        }

        contests.Sweep();
        attention.RemoveUnusedSince(old);
        MakeRoom(now);
        if (board.IsBusy)
        {
            _lastBusy = now;
        }
        else if (_time.GetElapsedTime(_lastBusy, now) > IdleModels)
        {
            models.Unload();
        }
    }

    private void MakeRoom(long now)
    {
        var excess = storage.BytesUsed() - options.Limits.DiskBytes;
        if (excess <= 0)
        {
            return;
        }

        LogFull(excess);
        foreach (var job in board.OverSince(now))
        {
            board.Remove(job);
            if (storage.BytesUsed() <= options.Limits.DiskBytes)
            {
                return;
            }
        }

        foreach (var image in images.UnusedSince(now))
        {
            images.Remove(image.Id);
            if (storage.BytesUsed() <= options.Limits.DiskBytes)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Uploads and results take {Excess} bytes more than allowed; the oldest go")]
    private partial void LogFull(long excess);
}
