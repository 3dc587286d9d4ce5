namespace SuperRes.Evaluation.Studies;

/// <summary>One network in one variant, over its seeds.</summary>
public sealed record StudyArm
{
    /// <summary>The network: "ESPCN x4".</summary>
    public required string Network { get; init; }

    /// <summary>The variant: "CBAM".</summary>
    public required string Variant { get; init; }

    /// <summary>The scale.</summary>
    public required int Scale { get; init; }

    /// <summary>Finished runs.</summary>
    public required int Seeds { get; init; }

    /// <summary>Failed runs; they are in no mean.</summary>
    public int Failed { get; init; }

    /// <summary>Trained values.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-accumulates per low-resolution pixel.</summary>
    public required double MacsPerPixel { get; init; }

    /// <summary>Steps of each run.</summary>
    public required long Steps { get; init; }

    /// <summary>
    /// What looking adds: PSNR on the set that decides, minus that of the same weights with every gate held at its mean. Null
    /// without attention, or where no run was measured so.
    /// </summary>
    public StudyDifference? Looking { get; init; }

    /// <summary>Means over images and seeds, per set.</summary>
    public required IReadOnlyList<StudyMean> Means { get; init; }
}
