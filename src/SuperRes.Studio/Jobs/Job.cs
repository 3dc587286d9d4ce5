namespace SuperRes.Studio.Jobs;

/// <summary>One image on its way through one method. Thread-safe; whoever waits for changes sees the newest state, not each.</summary>
internal sealed class Job : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _over = NewSignal();
    private TaskCompletionSource _changed = NewSignal();
    private JobState _state;
    private double _share;
    private long _started;
    private double? _milliseconds;
    private string? _error;
    private JobMetrics? _metrics;
    private IReadOnlyList<string> _notes = [];

    public Job(JobRequest request, JobPlan plan, TimeProvider time)
    {
        (Request, Plan, _time) = (request, plan, time);
        LastUsed = time.GetTimestamp();
    }

    public string Id { get; } = Operations.TemporaryStorage.NewId();

    public JobRequest Request { get; }

    public JobPlan Plan { get; }

    /// <summary>The result's pixels; null until it is done.</summary>
    public JobResult? Result { get; private set; }

    /// <summary>Timestamp of the last request that named it, or of its end where that came later.</summary>
    public long LastUsed { get; set; }

    /// <summary>Whether whoever added it needs its result and will remove it; until then it does not expire.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Set when somebody cancels.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Ends with the job.</summary>
    public Task Over => _over.Task;

    public bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _state > JobState.Running;
            }
        }
    }

    /// <summary>Takes the job up.</summary>
    /// <returns>False where it was cancelled while it waited.</returns>
    public bool TryStart()
    {
        lock (_lock)
        {
            if (_state != JobState.Queued)
            {
                return false;
            }

            _state = JobState.Running;
            _started = _time.GetTimestamp();
            Signal();
            return true;
        }
    }

    public void Report(double share)
    {
        lock (_lock)
        {
            if (_state == JobState.Running && share > _share)
            {
                _share = Math.Min(share, 1);
                Signal();
            }
        }
    }

    public void Complete(JobResult result, double milliseconds, JobMetrics? metrics, IReadOnlyList<string> notes) => End(JobState.Done, () =>
    {
        (Result, _milliseconds, _metrics, _notes, _share) = (result, milliseconds, metrics, notes, 1);
    });

    /// <summary>Adds what a file made later could not keep; what is known already is not said twice.</summary>
    public void AddNotes(IReadOnlyList<string> notes)
    {
        lock (_lock)
        {
            _notes = [.. _notes.Union(notes)];
        }
    }

    public void Fail(string error) => End(JobState.Failed, () => _error = error);

    public void MarkCancelled() => End(JobState.Cancelled, () => { });

    /// <summary>Asks a running job to stop; a waiting one is over at once.</summary>
    /// <returns>Whether it waited.</returns>
    public bool Cancel()
    {
        bool isWaiting;
        lock (_lock)
        {
            isWaiting = _state == JobState.Queued;
            if (isWaiting)
            {
                _state = JobState.Cancelled;
                Signal();
            }
        }

        _cancellation.Cancel();
        return isWaiting;
    }

    /// <summary>The state now, and a task that ends when it is no longer that.</summary>
    public (JobView View, Task Changed) Observe(int queuePosition)
    {
        lock (_lock)
        {
            return (ToView(queuePosition), _changed.Task);
        }
    }

    public void Dispose()
    {
        Cancel();
        Result?.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End(JobState state, Action set)
    {
        lock (_lock)
        {
            if (_state > JobState.Running)
            {
                return;
            }

            set();
            _state = state;
            Signal();
        }
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
        if (_state > JobState.Running)
        {
            LastUsed = _time.GetTimestamp();
            _over.TrySetResult();
        }
    }

    private JobView ToView(int queuePosition)
    {
        var elapsed = _time.GetElapsedTime(_started).TotalSeconds;
        double? left = _state == JobState.Running && _share > 0.02 ? elapsed * (1 - _share) / _share : null;
        return new JobView(
            Id, Request.Image, Plan.Model.Name, Request.Scale, _state, _share, left, queuePosition, Plan.Width, Plan.Height, _milliseconds, _error, _metrics, Plan.FileName, _notes);
    }
}
