namespace SuperRes.Imaging.Data.Batches;

/// <summary>How far work on many files is.</summary>
/// <param name="Done">Files finished, failed ones included.</param>
/// <param name="Total">Files in all.</param>
/// <param name="Name">The file that was just finished.</param>
public readonly record struct BatchProgress(int Done, int Total, string Name);
