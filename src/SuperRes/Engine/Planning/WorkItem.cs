namespace SuperRes.Engine.Planning;

/// <summary>One entry of a schedule: a step makes these rows of its output.</summary>
internal readonly record struct WorkItem(int Step, RowRange Rows);
