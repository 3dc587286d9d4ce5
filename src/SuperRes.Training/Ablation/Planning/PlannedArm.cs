using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>One network in one variant, as planned; part of <c>plan.json</c>.</summary>
public sealed record PlannedArm
{
    /// <summary>The network without attention that the variant starts from.</summary>
    public required NetworkOptions Base { get; init; }

    /// <summary>The variant's name.</summary>
    public required string Variant { get; init; }

    /// <summary>The network that is trained.</summary>
    public required NetworkOptions Network { get; init; }

    /// <summary>The variant's own initial learning rate; null where it has the experiment's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Steps under the experiment's budget.</summary>
    public required long Steps { get; init; }

    /// <summary>Trained values.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-accumulates per low-resolution pixel.</summary>
    public required double MacsPerPixel { get; init; }

    /// <summary>Milliseconds of a training step, as measured when the experiment was planned.</summary>
    public required double StepMilliseconds { get; init; }

    /// <summary>Threads that the step took; 0 where a plan of an earlier version does not say.</summary>
    public int StepThreads { get; init; }

    /// <summary>Milliseconds of the engine on 160 x 90 low-resolution pixels, measured then.</summary>
    public required double EngineMilliseconds { get; init; }

    /// <summary>For a control of cost: the variant that it must be as slow as. Null in plans of earlier versions, too.</summary>
    public string? AsSlowAs { get; init; }

    /// <summary>For a control of cost: its time over that of the variant that it must reach, measured in turn; at least 1.</summary>
    public double? TimeRatio { get; init; }

    /// <summary>Whether this was planned for the variant as it is, and not for another of its name.</summary>
    internal bool IsOf(Variant variant) => LearningRate == variant.LearningRate && (TimeRatio is null
        ? variant.AsSlowAs is null && Network == CellRecipes.NetworkOf(Base, variant)
        : variant.AsSlowAs is not null && variant.AsSlowAs == (AsSlowAs ?? variant.AsSlowAs));
}
