namespace SuperRes.Studio.Jobs;

/// <summary>
/// The jobs that wait. Two workers take from it: one takes all, one only small jobs, and only while the first is at a large
/// one. So a contest is answered while a large photo is in work, and small jobs by themselves go one after the other, with
/// all cores to each and times that can be compared.
/// </summary>
internal sealed class JobQueue(int capacity)
{
    private const long SmallPixels = 4_000_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Job> _urgent = [];
    private readonly LinkedList<Job> _waiting = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _largeIsRunning;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _urgent.Count + _waiting.Count;
            }
        }
    }

    /// <summary>Adds jobs, all or none.</summary>
    /// <exception cref="StudioException">Too many would wait.</exception>
    public void Add(IReadOnlyList<Job> jobs, bool isUrgent)
    {
        lock (_lock)
        {
            var waiting = _urgent.Count + _waiting.Count;
            if (waiting + jobs.Count > capacity)
            {
                throw StudioException.TooMany($"{waiting} jobs wait already, {jobs.Count} more were asked for, and this server lets {capacity} wait. Try again when some are done.");
            }

            foreach (var job in jobs)
            {
                (isUrgent ? _urgent : _waiting).AddLast(job);
            }

            Signal();
        }
    }

    /// <summary>Adds a job as soon as there is a place for it; one that is cancelled by then is not added.</summary>
    public async Task AddWhenFreeAsync(Job job, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (job.IsOver)
                {
                    return;
                }

                if (_urgent.Count + _waiting.Count < capacity)
                {
                    _waiting.AddLast(job);
                    Signal();
                    return;
                }

                changed = _changed.Task;
            }

            await Task.WhenAny(changed, job.Over).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Remove(Job job)
    {
        lock (_lock)
        {
            if (_urgent.Remove(job) || _waiting.Remove(job))
            {
                Signal();
            }
        }
    }

    /// <summary>How many are before a job, itself counted; 0 where it does not wait.</summary>
    public int PositionOf(Job job)
    {
        lock (_lock)
        {
            var position = 0;
            foreach (var other in _urgent.Concat(_waiting))
            {
                position++;
                if (other == job)
                {
                    return position;
                }
            }

            return 0;
        }
    }

    /// <summary>The next job for a worker, once there is one.</summary>
    public async Task<Job> TakeAsync(bool onlySmall, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (Pick(onlySmall) is { } job)
                {
                    return job;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Told by the worker that takes all when it is done with a job.</summary>
    public void Finished()
    {
        lock (_lock)
        {
            _largeIsRunning = false;
            Signal();
        }
    }

    private static bool IsSmall(Job job) => (long)job.Plan.Width * job.Plan.Height <= SmallPixels;

    private Job? Pick(bool onlySmall)
    {
        if (onlySmall && !_largeIsRunning)
        {
            return null;
        }

        foreach (var list in (LinkedList<Job>[])[_urgent, _waiting])
        {
            for (var node = list.First; node is not null; node = node.Next)
            {
                if (!onlySmall || IsSmall(node.Value))
                {
                    list.Remove(node);
                    _largeIsRunning |= !onlySmall && !IsSmall(node.Value);
                    Signal();
                    return node.Value;
                }
            }
        }

        return null;
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
