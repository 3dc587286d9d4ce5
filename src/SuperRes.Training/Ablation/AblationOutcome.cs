using SuperRes.Evaluation.Studies;

namespace SuperRes.Training.Ablation;

/// <summary>How an experiment stands after this process's part.</summary>
/// <param name="Report">The report of what is there.</param>
/// <param name="Failed">Cells that failed.</param>
/// <param name="Missing">Cells that are not done: other shards' parts.</param>
public sealed record AblationOutcome(StudyReport Report, IReadOnlyList<string> Failed, IReadOnlyList<string> Missing);
