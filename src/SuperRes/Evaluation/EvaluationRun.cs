using SuperRes.Evaluation.Figures;

namespace SuperRes.Evaluation;

/// <summary>What an evaluation gives: the numbers, and the pixels worth showing beside them.</summary>
/// <param name="Report">The numbers.</param>
/// <param name="Figures">The side-by-side crops, in the order of <see cref="EvaluationReport.Figures"/>.</param>
public sealed record EvaluationRun(EvaluationReport Report, IReadOnlyList<ComparisonFigure> Figures)
{
    /// <summary>Whether any image failed with any model.</summary>
    public bool HasFailures => Report.Results.Any(result => result.Failures.Count > 0);
}
