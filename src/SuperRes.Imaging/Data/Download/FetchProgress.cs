namespace SuperRes.Imaging.Data.Download;

/// <summary>How far a fetch is.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Done">Bytes done in this phase; starts above 0 where a download is continued, and may fall where it has to start over.</param>
/// <param name="Total">Bytes in all in this phase; null where the server does not tell.</param>
/// <param name="Note">Something that a person should know, such as why a download is waiting; null as a rule.</param>
public readonly record struct FetchProgress(FetchPhase Phase, long Done, long? Total, string? Note = null);
