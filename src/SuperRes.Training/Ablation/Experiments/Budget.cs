namespace SuperRes.Training.Ablation.Experiments;

/// <summary>What a cell may spend on training.</summary>
/// <param name="Steps">Steps of each network's first variant; the others' follow from the kind.</param>
/// <param name="Kind">What is equal between variants.</param>
public sealed record Budget(long Steps, BudgetKind Kind = BudgetKind.Steps);
