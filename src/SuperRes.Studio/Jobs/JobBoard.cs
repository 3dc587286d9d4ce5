using System.Collections.Concurrent;
using SuperRes.Studio.Images;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Jobs;

/// <summary>Every job by its id: those that wait, those that run and those that are over.</summary>
internal sealed class JobBoard(JobPlanner planner, StudioOptions options, StudioMetrics metrics) : IDisposable
{
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);

    public JobQueue Queue { get; } = new(options.Limits.Queue);

    /// <summary>Whether a job waits or runs.</summary>
    public bool IsBusy => _jobs.Values.Any(job => !job.IsOver);

    /// <summary>Takes jobs on, all or none.</summary>
    /// <param name="requests">What they are to do.</param>
    /// <param name="isUrgent">Whether a person waits for all of them and they are small: they go before the others.</param>
    /// <exception cref="StudioException">One of them can't be carried out, or too many wait already.</exception>
    public IReadOnlyList<Job> Add(IReadOnlyList<JobRequest> requests, bool isUrgent = false)
    {
        if (requests.Count > options.Limits.Queue)
        {
            throw StudioException.BadRequest(
                $"{requests.Count} jobs were asked for at once, and this server lets {options.Limits.Queue} wait. Ask for fewer, or start the server with a larger --queue.");
        }

        var jobs = Plan(requests, isHeld: false);
        try
        {
            Queue.Add(jobs, isUrgent);
            return jobs;
        }
        catch
        {
            jobs.ForEach(Forget);
            throw;
        }
    }

    /// <summary>
    /// Takes on any number of jobs, all or none, for a caller that puts them into the queue itself, as it has places
    /// (<see cref="JobQueue.AddWhenFreeAsync"/>), and removes them itself: they don't expire.
    /// </summary>
    /// <exception cref="StudioException">One of them can't be carried out.</exception>
    public IReadOnlyList<Job> Hold(IReadOnlyList<JobRequest> requests) => Plan(requests, isHeld: true);

    /// <summary>The job of an id.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public Job Get(string id)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            throw StudioException.NotFound($"There is no job '{ImageStore.Shown(id)}'. It may have expired.");
        }

        Touch(job);
        return job;
    }

    /// <summary>Notes that somebody has just named a job.</summary>
    public void Touch(Job job) => job.LastUsed = options.Time.GetTimestamp();

    /// <summary>Whether a job has not been removed.</summary>
    public bool Has(Job job) => _jobs.ContainsKey(job.Id);

    /// <summary>What a client sees of a job, and a task that ends when that changes.</summary>
    public (JobView View, Task Changed) Observe(Job job) => job.Observe(Queue.PositionOf(job));

    public JobView View(Job job) => Observe(job).View;

    /// <summary>Stops a job, or forgets one that is over.</summary>
    public void Remove(Job job)
    {
        var wasOver = job.IsOver;
        if (job.Cancel())
        {
            metrics.WaitingJobCancelled();
        }

        Queue.Remove(job);
        if (wasOver)
        {
            Forget(job);
        }
    }

    /// <summary>Jobs that are over and that nobody has named for a while, holds or reads, the longest first.</summary>
    public IReadOnlyList<Job> OverSince(long timestamp) =>
        [.. _jobs.Values.Where(job => !job.IsHeld && job.IsOver && job.LastUsed <= timestamp && job.Result is not { IsInUse: true }).OrderBy(job => job.LastUsed)];

    public void Dispose()
    {
        foreach (var job in _jobs.Values)
        {
            Forget(job);
        }
    }

    private List<Job> Plan(IReadOnlyList<JobRequest> requests, bool isHeld)
    {
        var jobs = new List<Job>();
        try
        {
            foreach (var request in requests)
            {
                jobs.Add(new Job(request, planner.Plan(request), options.Time) { IsHeld = isHeld });
            }
        }
        catch
        {
            jobs.ForEach(Forget);
            throw;
        }

        jobs.ForEach(job => _jobs[job.Id] = job);
        return jobs;
    }

    /// <summary>Removes all that there is of a job, once.</summary>
    private void Forget(Job job)
    {
        if (_jobs.TryRemove(job.Id, out _) || !job.IsOver)
        {
            job.Dispose();
            job.Plan.Image.Release();
            job.Plan.Reference?.Image.Release();
        }
    }
}
