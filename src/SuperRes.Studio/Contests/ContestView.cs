using SuperRes.Studio.Jobs;

namespace SuperRes.Studio.Contests;

/// <summary>A contest.</summary>
/// <param name="Id">Names it in other requests.</param>
/// <param name="Jobs">A job for each model, in the models' order.</param>
internal sealed record ContestView(string Id, IReadOnlyList<JobView> Jobs);
