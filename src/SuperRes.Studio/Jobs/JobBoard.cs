using System.Collections.Concurrent;
using SuperRes.Studio.Images;

namespace SuperRes.Studio.Jobs;

/// <summary>Every job by its id: those that wait, those that run and those that are over.</summary>
internal sealed class JobBoard(JobPlanner planner, StudioOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);

    public JobQueue Queue { get; } = new(options.Limits.Queue);

    /// <summary>Whether a job waits or runs.</summary>
    public bool IsBusy => _jobs.Values.Any(job => !job.IsOver);

    /// <summary>Takes jobs on, all or none.</summary>
    /// <param name="requests">What they are to do.</param>
    /// <param name="isUrgent">Whether a person waits for all of them and they are small: they go before the others.</param>
    /// <param name="isHeld">Whether the caller needs all results at once and removes the jobs itself: they don't expire.</param>
    /// <exception cref="StudioException">One of them can't be carried out, or too many wait already.</exception>
    public IReadOnlyList<Job> Add(IReadOnlyList<JobRequest> requests, bool isUrgent = false, bool isHeld = false)
    {
        var jobs = new List<Job>();
        try
        {
            foreach (var request in requests)
            {
                jobs.Add(new Job(request, planner.Plan(request), options.Time) { IsHeld = isHeld });
            }

            jobs.ForEach(job => _jobs[job.Id] = job);
            Queue.Add(jobs, isUrgent);
        }
        catch
        {
            jobs.ForEach(Forget);
            throw;
        }

        return jobs;
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

    /// <summary>Whether a job has not been removed.</summary>
    public bool Has(Job job) => _jobs.ContainsKey(job.Id);

    /// <summary>What a client sees of a job, and a task that ends when that changes.</summary>
    public (JobView View, Task Changed) Observe(Job job) => job.Observe(Queue.PositionOf(job));

    public JobView View(Job job) => Observe(job).View;

    /// <summary>Stops a job, or forgets one that is over.</summary>
    public void Remove(Job job)
    {
        var wasOver = job.IsOver;
        job.Cancel();
        Queue.Remove(job);
        if (wasOver)
        {
            Forget(job);
        }
    }

    /// <summary>Jobs that are over and that nobody has named for a while or holds, the longest first.</summary>
    public IReadOnlyList<Job> OverSince(long timestamp) =>
        [.. _jobs.Values.Where(job => !job.IsHeld && job.IsOver && job.LastUsed <= timestamp).OrderBy(job => job.LastUsed)];

    public void Dispose()
    {
        foreach (var job in _jobs.Values)
        {
            Forget(job);
        }
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
