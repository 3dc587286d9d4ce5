namespace SuperRes.Engine.Threading;

/// <summary>
/// Runs the blocks of one step on several threads. The caller works too and never waits for a thread that has not
/// started, so a busy thread pool costs speed and can't deadlock. Blocks are handed out one by one; which thread computes
/// a block never changes its result. Nothing is allocated per run. One loop serves one caller at a time.
/// </summary>
internal sealed class ParallelLoop
{
    private readonly Helper[] _helpers;
    private readonly Standby? _standby;
    private readonly Action<int, int> _body;
    private readonly ManualResetEventSlim _done = new(false, spinCount: 10);
    private int _count;
    private int _next;
    private int _unfinished;
    private Exception? _failure;

    /// <param name="threads">Threads that may work, the caller among them.</param>
    /// <param name="body">Given the block and the worker, 0 to <paramref name="threads"/> - 1: no two at one time have the same worker.</param>
    /// <param name="standby">Threads that wait between the loops of one caller, who runs them in turn; null where a caller's loops are far apart.</param>
    public ParallelLoop(int threads, Action<int, int> body, Standby? standby = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        (_body, _standby) = (body, standby);
        _helpers = [.. Enumerable.Range(1, threads - 1).Select(worker => new Helper(this, worker))];
    }

    /// <summary>Threads that may work, the caller among them.</summary>
    public int Threads => _helpers.Length + 1;

    /// <summary>Runs blocks 0 to <paramref name="count"/> - 1 and returns when all are done.</summary>
    /// <exception cref="Exception">What the body threw first; blocks that had not started by then are left out.</exception>
    public void Run(int count)
    {
        var helpers = Math.Min(count, Threads) - 1;
        if (helpers <= 0)
        {
            for (var block = 0; block < count; block++)
            {
                _body(block, 0);
            }

            return;
        }

        _failure = null;
        _done.Reset();
        _count = count;
        Volatile.Write(ref _next, 0);
        Volatile.Write(ref _unfinished, helpers + 1);
        for (var i = 0; i < helpers; i++)
        {
            _helpers[i].Call();
        }

        Work(0);
        for (var i = 0; i < helpers; i++)
        {
            if (_helpers[i].CallOff())
            {
                Interlocked.Decrement(ref _unfinished);
            }
        }

        if (Interlocked.Decrement(ref _unfinished) > 0)
        {
            if (_standby is not null)
            {
                Standby.Await(_done);
            }

            _done.Wait();
        }

        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private void Work(int worker)
    {
        try
        {
            for (var block = Interlocked.Increment(ref _next) - 1; block < _count; block = Interlocked.Increment(ref _next) - 1)
            {
                _body(block, worker);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            Volatile.Write(ref _next, _count);
        }
    }

    private void Finish()
    {
        if (Interlocked.Decrement(ref _unfinished) == 0)
        {
            _done.Set();
        }
    }

    /// <summary>
    /// A helper's call may still lie in the pool's queue when its run is over. It then either serves a later run, which
    /// finds it queued already, or finds nothing to do.
    /// </summary>
    internal sealed class Helper(ParallelLoop loop, int worker) : IThreadPoolWorkItem
    {
        private const int Idle = 0;
        private const int Called = 1;
        private const int Working = 2;
        private int _state;
        private int _queued;

        public void Call()
        {
            Volatile.Write(ref _state, Called);
            if (loop._standby?.Offer(worker, this) == true)
            {
                return;
            }

            if (Interlocked.Exchange(ref _queued, 1) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        public bool CallOff() => Interlocked.CompareExchange(ref _state, Idle, Called) == Called;

        public void Execute()
        {
            Volatile.Write(ref _queued, 0);
            Interlocked.MemoryBarrier();
            Help();
            while (loop._standby?.Wait(worker) is { } next)
            {
                next.Help();
            }
        }

        private void Help()
        {
            if (Interlocked.CompareExchange(ref _state, Working, Called) != Called)
            {
                return;
            }

            loop.Work(worker);
            Volatile.Write(ref _state, Idle);
            loop.Finish();
        }
    }
}
