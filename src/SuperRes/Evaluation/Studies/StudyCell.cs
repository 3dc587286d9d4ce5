namespace SuperRes.Evaluation.Studies;

/// <summary>One run of a study and what came of it. Nothing here depends on how fast a machine was; see <see cref="StudyTime"/>.</summary>
public sealed record StudyCell
{
    /// <summary>Unique in the study, and the name of the run's folder.</summary>
    public required string Name { get; init; }

    /// <summary>Network, scale and size of the data: "ESPCN x4".</summary>
    public required string Network { get; init; }

    /// <summary>The variant: "CBAM".</summary>
    public required string Variant { get; init; }

    /// <summary>Seed of the initial weights and of the patches.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The network's options as one line of JSON.</summary>
    public required string Options { get; init; }

    /// <summary>What was drawn for this run in a search: "learning rate 0.0007, batch 8"; null elsewhere.</summary>
    public string? Setting { get; init; }

    /// <summary>The initial learning rate where the variant has one of its own; null elsewhere.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The scale.</summary>
    public required int Scale { get; init; }

    /// <summary>Trained values.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-accumulates per low-resolution pixel.</summary>
    public required double MacsPerPixel { get; init; }

    /// <summary>Optimiser steps.</summary>
    public required long Steps { get; init; }

    /// <summary>Training images.</summary>
    public required int TrainingImages { get; init; }

    /// <summary>Validation on the way; empty without validation images.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init => field = value ?? []; } = [];

    /// <summary>The averaged weights of the last step on every test set; empty for a failed run.</summary>
    public IReadOnlyList<StudySet> Sets { get; init => field = value ?? []; } = [];

    /// <summary>The channel gates' weights on the set that decides, and how much they differ between images; null without such gates.</summary>
    public GateWeights? ChannelGates { get; init; }

    /// <summary>The spatial gates' weights there, and how much they differ between an image's pixels; null without such gates.</summary>
    public GateWeights? SpatialGates { get; init; }

    /// <summary>
    /// The set that decides, with every gate held at its mean over that set's images: the same weights without looking. Null
    /// without attention.
    /// </summary>
    public StudySet? FrozenGates { get; init; }

    /// <summary>SHA-256 of the training images' names and contents; null in reports of earlier versions.</summary>
    public string? DataHash { get; init; }

    /// <summary>Version of SuperRes that the run was begun with; null in reports of earlier versions.</summary>
    public string? TrainedWith { get; init; }

    /// <summary>Why the run failed; null for one that is whole.</summary>
    public string? Failure { get; init; }

    /// <summary>The set of this name; null where the run failed.</summary>
    public StudySet? On(string dataset) => Sets.FirstOrDefault(set => set.Dataset == dataset);
}
