namespace SuperRes.Studio.Jobs;

/// <summary>How far a job is.</summary>
internal enum JobState
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}
