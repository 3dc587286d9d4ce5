namespace SuperRes.Engine.Threading;

/// <summary>
/// Runs the blocks of one step on several threads. The caller works too and never waits for a thread that has not
/// started, so a busy thread pool costs speed and can't deadlock. Which thread computes a block never changes its result.
/// Nothing is allocated per run. One loop serves one caller at a time.
/// </summary>
internal sealed class ParallelLoop
{
    private readonly Helper[] _helpers;
    private readonly Standby? _standby;
    private readonly Action<int, int> _body;
    private readonly ManualResetEventSlim _done = new(false, spinCount: 10);
    private readonly int[] _next;
    private int _count;
    private int _shares;
    private int _unfinished;
    private Exception? _failure;

    /// <summary>Between the shares' counters, so that they lie in cache lines of their own.</summary>
    private const int Spacing = 32;

    /// <param name="threads">Threads that may work, the caller among them.</param>
    /// <param name="body">Given the block and the worker, 0 to <paramref name="threads"/> - 1: no two at one time have the same worker.</param>
    /// <param name="standby">
    /// For loops that one caller runs in turn over the same data: threads that wait between them, and each worker begins with
    /// a share of its own, which lies in its caches. Blocks may then run in any order. Without, they are handed out in order.
    /// </param>
    public ParallelLoop(int threads, Action<int, int> body, Standby? standby = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        (_body, _standby, _next) = (body, standby, new int[threads * Spacing]);
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
        _shares = _standby is null ? 1 : helpers + 1;
        for (var share = 0; share < _shares; share++)
        {
            Volatile.Write(ref _next[share * Spacing], First(share));
        }

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
            for (var i = 0; i < _shares; i++)
            {
                WorkOn((worker + i) % _shares, worker);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            for (var share = 0; share < _shares; share++)
            {
                Volatile.Write(ref _next[share * Spacing], _count);
            }
        }
    }

    private int First(int share) => (int)((long)_count * share / _shares);

    private void WorkOn(int share, int worker)
    {
        ref var next = ref _next[share * Spacing];
        var end = First(share + 1);
        for (var block = Interlocked.Increment(ref next) - 1; block < end; block = Interlocked.Increment(ref next) - 1)
        {
            _body(block, worker);
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
