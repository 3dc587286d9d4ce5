using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace SuperRes.Studio.Jobs;

/// <summary>A job's states as server-sent events: <c>progress</c> while it goes, then <c>done</c>, <c>failed</c> or <c>cancelled</c>.</summary>
internal static class JobEvents
{
    // More often than ten times a second nobody sees.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Proxies and browsers give up connections that are silent for longer, and so does the server learn that a client has gone.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <param name="board">Where the job is.</param>
    /// <param name="job">The job.</param>
    /// <param name="stopping">Ends the events after the state as it is then: the server does not wait for the job.</param>
    /// <param name="cancellationToken">Set when the client has gone.</param>
    public static async IAsyncEnumerable<SseItem<JobView>> OfAsync(JobBoard board, Job job, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        while (true)
        {
            var (view, changed) = board.Observe(job);
            yield return new SseItem<JobView>(view, NameOf(view.State));
            if (view.State > JobState.Running || stopping.IsCancellationRequested)
            {
                yield break;
            }

            await Task.WhenAny(changed, Task.Delay(Silence, end.Token)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (!job.IsOver)
            {
                await Task.WhenAny(job.Over, Task.Delay(Pause, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    private static string NameOf(JobState state) => state switch
    {
        JobState.Done => "done",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        _ => "progress",
    };
}
