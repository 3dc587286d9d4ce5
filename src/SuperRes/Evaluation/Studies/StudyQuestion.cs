namespace SuperRes.Evaluation.Studies;

/// <summary>A question and its answer.</summary>
public sealed record StudyQuestion
{
    /// <summary>The network: "ESPCN x4".</summary>
    public required string Network { get; init; }

    /// <summary>The variant that is asked about.</summary>
    public required string Variant { get; init; }

    /// <summary>The variant that it is held against.</summary>
    public required string Against { get; init; }

    /// <summary>The answer in plain words.</summary>
    public required string Sentence { get; init; }

    /// <summary>p of the paired t test over seeds after Holm's correction over all questions of the study; null with too few seeds.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>p over seeds and images after the same correction; null with too few seeds or images, and in reports of earlier versions.</summary>
    public double? AdjustedCrossedP { get; init; }

    /// <summary>The difference that decides: PSNR on the study's set by its protocol. Null without a seed that both finished.</summary>
    public StudyDifference? Decisive { get; init; }

    /// <summary>The same on every set by every measure: to look at, not to decide by.</summary>
    public required IReadOnlyList<StudyDifference> Differences { get; init; }
}
