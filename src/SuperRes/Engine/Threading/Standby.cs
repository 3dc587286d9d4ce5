using System.Diagnostics;

namespace SuperRes.Engine.Threading;

/// <summary>
/// Threads that have helped one loop and stand by for the next, for half a millisecond. A training step is
/// dozens of loops one after another, and to wake a thread takes as long as some of them.
/// </summary>
internal sealed class Standby(int threads)
{
    private static readonly object Free = new();
    private static readonly long Patience = Stopwatch.Frequency / 2_000;

    /// <summary>Of each worker: null where no thread stands by, <see cref="Free"/> where one does, or the helper it has been given.</summary>
    private readonly object?[] _places = new object?[threads];

    /// <summary>Gives a helper to the thread that stands by for its worker.</summary>
    /// <returns>False if there is none.</returns>
    public bool Offer(int worker, ParallelLoop.Helper helper) => ReferenceEquals(Interlocked.CompareExchange(ref _places[worker], helper, Free), Free);

    /// <summary>Stands by until a helper is offered, or for the time above.</summary>
    /// <returns>The helper, or null: the thread is to leave.</returns>
    public ParallelLoop.Helper? Wait(int worker)
    {
        ref var place = ref _places[worker];
        if (Interlocked.CompareExchange(ref place, Free, null) is not null)
        {
            return null;
        }

        var end = Stopwatch.GetTimestamp() + Patience;
        while (ReferenceEquals(Volatile.Read(ref place), Free) && Stopwatch.GetTimestamp() < end)
        {
            Thread.SpinWait(5);
        }

        return Interlocked.Exchange(ref place, null) as ParallelLoop.Helper;
    }

    /// <summary>Waits for the last blocks of a loop, for the time above; that is mostly enough.</summary>
    public static void Await(ManualResetEventSlim done)
    {
        var end = Stopwatch.GetTimestamp() + Patience;
        while (!done.IsSet && Stopwatch.GetTimestamp() < end)
        {
            Thread.SpinWait(5);
        }
    }
}
