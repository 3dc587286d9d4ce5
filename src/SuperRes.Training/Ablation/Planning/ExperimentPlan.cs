using SuperRes.Evaluation;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>What was measured and decided before the first cell: <c>plan.json</c>. Whoever joins the experiment takes it as it is.</summary>
public sealed record ExperimentPlan
{
    /// <summary>Every network in every variant.</summary>
    public required IReadOnlyList<PlannedArm> Arms { get; init; }

    /// <summary>The machine that the times were taken on.</summary>
    public required EvaluationEnvironment Machine { get; init; }

    /// <summary>Where the networks are trained: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads that the times were taken with.</summary>
    public required int Threads { get; init; }
}
