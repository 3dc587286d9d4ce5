using SuperRes.Evaluation;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;

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

    /// <summary>The scales of the arms, each once.</summary>
    internal IEnumerable<int> Scales => Arms.Select(arm => arm.Network.Scale).Distinct();

    /// <summary>The arm of a network in a variant; null where it is not planned.</summary>
    internal PlannedArm? Find(NetworkOptions network, string variant) => Arms.FirstOrDefault(arm => arm.Base == network && arm.Variant == variant);

    /// <summary>The plan of an experiment's arms, in their order; null where one is missing.</summary>
    internal ExperimentPlan? For(Experiment experiment)
    {
        PlannedArm?[] arms = [.. from network in CellRecipes.Bases(experiment) from variant in experiment.Variants select Find(network, variant.Name)];
        return arms.Contains(null) ? null : this with { Arms = [.. arms.OfType<PlannedArm>()] };
    }

    /// <summary>This plan and the arms that it does not have yet.</summary>
    internal ExperimentPlan With(IEnumerable<PlannedArm> arms) => this with { Arms = [.. Arms, .. arms.Where(arm => Find(arm.Base, arm.Variant) is null)] };
}
