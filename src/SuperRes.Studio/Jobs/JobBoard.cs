using System.Collections.Concurrent;
using System.Threading.Channels;
using SuperRes.Studio.Images;

namespace SuperRes.Studio.Jobs;

/// <summary>Every job: those that wait, in their order, those that run and those that are over.</summary>
internal sealed class JobBoard(JobPlanner planner, StudioOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly LinkedList<Job> _waiting = [];
    private readonly SemaphoreSlim _available = new(0);

    /// <summary>Whether a job waits or runs.</summary>
    public bool IsBusy => _jobs.Values.Any(job => !job.IsOver);

    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes jobs on, all or none.</summary>
    /// <exception cref="StudioException">One of them can't be carried out, or too many wait already.</exception>
    public IReadOnlyList<Job> Add(IReadOnlyList<JobRequest> requests)
    {
        var jobs = new List<Job>();
        try
        {
            foreach (var request in requests)
            {
                jobs.Add(new Job(request, planner.Plan(request), options.Time));
            }

            Enqueue(jobs);
        }
        catch
        {
            jobs.ForEach(Discard);
            throw;
        }

        return jobs;
    }

    /// <summary>The next job to do, once there is one.</summary>
    public async Task<Job> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _available.WaitAsync(cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                if (_waiting.First is { } first)
                {
                    _waiting.RemoveFirst();
                    return first.Value;
                }
            }
        }
    }

    /// <summary>The job of an id.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public Job Get(string id)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            throw StudioException.NotFound($"There is no job '{ImageStore.Shown(id)}'. It may have expired.");
        }

        job.LastUsed = options.Time.GetTimestamp();
        return job;
    }

    /// <summary>What a client sees of a job, and a task that ends when that changes.</summary>
    public (JobView View, Task Changed) Observe(Job job) => job.Observe(PositionOf(job));

    public JobView View(Job job) => Observe(job).View;

    /// <summary>Stops a job, or forgets one that is over.</summary>
    public void Remove(Job job)
    {
        var wasOver = job.IsOver;
        job.Cancel();
        lock (_lock)
        {
            _waiting.Remove(job);
        }

        if (wasOver && _jobs.TryRemove(job.Id, out _))
        {
            Discard(job);
        }
    }

    /// <summary>Jobs that are over and that nobody has named for a while, the longest first.</summary>
    public IReadOnlyList<Job> OverSince(long timestamp) =>
        [.. _jobs.Values.Where(job => job.IsOver && job.LastUsed <= timestamp).OrderBy(job => job.LastUsed)];

    public void Dispose()
    {
        foreach (var job in _jobs.Values)
        {
            Discard(job);
        }

        _jobs.Clear();
    }

    private static void Discard(Job job)
    {
        job.Dispose();
        job.Plan.Image.Release();
        job.Plan.Reference?.Image.Release();
    }

    private void Enqueue(List<Job> jobs)
    {
        lock (_lock)
        {
            if (_waiting.Count + jobs.Count > options.Limits.Queue)
            {
                throw StudioException.TooMany($"{_waiting.Count} jobs wait already, and this server lets {options.Limits.Queue} wait. Try again when some are done.");
            }

            foreach (var job in jobs)
            {
                _jobs[job.Id] = job;
                _waiting.AddLast(job);
            }
        }

        _available.Release(jobs.Count);
    }

    private int PositionOf(Job job)
    {
        lock (_lock)
        {
            var position = 1;
            foreach (var other in _waiting)
            {
                if (other == job)
                {
                    return position;
                }

                position++;
            }

            return 0;
        }
    }
}
