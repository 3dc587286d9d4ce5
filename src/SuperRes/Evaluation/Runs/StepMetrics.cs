using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Runs;

/// <summary>What is recorded of training between two records: one line of <c>metrics.jsonl</c>.</summary>
public sealed record StepMetrics
{
    /// <summary>The last step it covers.</summary>
    public required long Step { get; init; }

    /// <summary>Mean loss over the covered steps.</summary>
    public required double Loss { get; init; }

    /// <summary>Steps covered, where they are fewer than a record's hundred: at the end, and where a run was stopped; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Covered { get; init; }

    /// <summary>Learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Norm of the last step's gradients, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Patches per second over the covered steps, validation left out.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Milliseconds per step that the trainer waited for data.</summary>
    public required double DataWait { get; init; }

    /// <summary>Resident memory of the process in MB.</summary>
    public required double MemoryMegabytes { get; init; }

    /// <summary>Means of the losses one by one, weights included; null where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Losses { get; init; }
}
