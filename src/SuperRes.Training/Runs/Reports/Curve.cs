namespace SuperRes.Training.Runs.Reports;

/// <summary>One curve of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="HasMarks">Whether each point has a mark, as where points are few.</param>
/// <param name="Points">Values in the order of their steps.</param>
internal sealed record Curve(string Name, bool HasMarks, IReadOnlyList<(long Step, double Value)> Points);
