using SuperRes.Evaluation.Studies;

namespace SuperRes.Training.Ablation.Running;

/// <summary>A report of the same experiment, whose runs an experiment's folder takes as they are.</summary>
/// <param name="Source">What messages call it: its path.</param>
/// <param name="Report">The report.</param>
public sealed record KnownReport(string Source, StudyReport Report);
