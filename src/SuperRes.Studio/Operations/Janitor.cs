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
    // A job or an image takes few bytes of memory, but a script can make very many.
    private const int MostKept = 5000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan IdleModels = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time = options.Time;

    // Of long jobs, which borrow once; short ones may always fall between two rounds.
    private long _lastBusy = options.Time.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                Sweep();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The next round may find the disk in order; without this one the server still works.
                LogFailed(exception);
            }
        }
    }

    /// <summary>One round.</summary>
    public void Sweep()
    {
        storage.DeleteAgain();
        var now = _time.GetTimestamp();
        var old = now - (long)(options.Limits.Kept.TotalSeconds * _time.TimestampFrequency);
        foreach (var job in board.OverSince(old).Concat(board.OverSince(now).SkipLast(MostKept)).Distinct())
        {
            board.Remove(job);
        }

        foreach (var image in images.UnusedSince(old).Concat(images.UnusedSince(now).SkipLast(MostKept)).Distinct().Where(image => !image.IsLeased))
        {
            images.Remove(image.Id);
        }

        foreach (var id in attention.UnusedSince(old).Concat(attention.UnusedSince(now).SkipLast(MostKept)).Distinct())
        {
            attention.Remove(id);
        }

        contests.Sweep();
        storage.Keep();
        MakeRoom(0);
        if (board.IsBusy)
        {
            _lastBusy = now;
        }
        else if (_time.GetElapsedTime(Math.Max(_lastBusy, models.LastBorrowed), now) > IdleModels)
        {
            models.Unload();
        }
    }

    /// <summary>
    /// Makes room for more, where the share is used up. Who asks looks once and then writes: together they can pass the share
    /// by what is in work.
    /// </summary>
    /// <param name="bytes">How many are about to be written, as far as is known.</param>
    /// <exception cref="StudioException">There is nothing that could go.</exception>
    public void MakeRoomOrRefuse(long bytes = 0)
    {
        if (bytes > options.Limits.DiskBytes)
        {
            throw StudioException.NoRoom(FormattableString.Invariant(
                $"It takes about {bytes / 1e6:0.##} MB on the disk, and this server's share is {options.Limits.DiskBytes / 1e6:0.##}. Choose a region or, for a result, a smaller scale, or start the server with a larger --disk."));
        }

        MakeRoom(bytes);
        if (storage.BytesUsed() + bytes > options.Limits.DiskBytes)
        {
            throw StudioException.NoRoom(
                "This server's share of the disk is used up by what is in use. Remove images and jobs that are no longer needed, or try again in a minute.");
        }
    }

    private void MakeRoom(long bytes)
    {
        lock (_lock)
        {
            var allowed = options.Limits.DiskBytes - bytes;
            var excess = storage.BytesUsed() - allowed;
            if (excess <= 0)
            {
                return;
            }

            LogFull(excess);

            // What somebody has only just asked for is in use; the file of an image that a job needs would stay. Heat maps first: they are soon made again.
            var old = _time.GetTimestamp() - (long)(Recent.TotalSeconds * _time.TimestampFrequency);
            foreach (var remove in attention.UnusedSince(old).Select(id => (Action)(() => attention.Remove(id)))
                .Concat(board.OverSince(old).Select(job => (Action)(() => board.Remove(job))))
                .Concat(images.UnusedSince(old).Where(image => !image.IsLeased).Select(image => (Action)(() => images.Remove(image.Id)))))
            {
                remove();
                if (storage.BytesUsed() <= allowed)
                {
                    return;
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What nobody asks for could not be removed; it is tried again")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Uploads, results and heat maps take {Excess} bytes more than allowed; the oldest go")]
    private partial void LogFull(long excess);
}
