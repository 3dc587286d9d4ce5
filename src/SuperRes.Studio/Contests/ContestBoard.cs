using System.Collections.Concurrent;
using SuperRes.Studio.Http;
using SuperRes.Studio.Images;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Models;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Contests;

/// <summary>The contests: which jobs belong together.</summary>
internal sealed class ContestBoard(JobBoard board, ModelShelf models)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Job>> _contests = new(StringComparer.Ordinal);

    /// <exception cref="StudioException">It can't be carried out.</exception>
    public ContestView Add(ContestRequest request)
    {
        IReadOnlyList<string> names = request.Models is { Count: > 0 } asked
            ? RequestNames.Distinct(asked, "models", StringComparer.OrdinalIgnoreCase)
            : [.. models.Models.Where(model => model.Scales is not [.., var most] || request.Scale <= most).Select(model => model.Name)];
        var jobs = board.Add(
            [.. names.Select(name => new JobRequest(request.Image, name, request.Scale, Format: "png", Region: request.Region, Reference: request.Reference))],
            isUrgent: true);
        var id = TemporaryStorage.NewId();
        _contests[id] = jobs;
        return ViewOf(id, jobs);
    }

    /// <exception cref="StudioException">There is none.</exception>
    public ContestView Get(string id)
    {
        if (!_contests.TryGetValue(id, out var jobs))
        {
            throw StudioException.NotFound($"There is no contest '{ImageStore.Shown(id)}'. It may have expired.");
        }

        foreach (var job in jobs)
        {
            board.Touch(job);
        }

        return ViewOf(id, jobs);
    }

    /// <summary>Forgets contests of which no job is left.</summary>
    public void Sweep()
    {
        foreach (var (id, jobs) in _contests)
        {
            if (!jobs.Any(board.Has))
            {
                _contests.TryRemove(id, out _);
            }
        }
    }

    private ContestView ViewOf(string id, IReadOnlyList<Job> jobs) => new(id, [.. jobs.Where(board.Has).Select(board.View)]);
}
