namespace SuperRes.Evaluation;

/// <summary>The machine that the times were taken on. It holds nothing that names a machine or a person.</summary>
public sealed record EvaluationEnvironment
{
    /// <summary>The processor's own name; null where it does not tell.</summary>
    public string? Processor { get; init; }

    /// <summary>Logical processors that the process may use.</summary>
    public required int Processors { get; init; }

    /// <summary>Width in bits of the widest vectors that run in hardware.</summary>
    public required int VectorBits { get; init; }

    /// <summary>Processor architecture: <c>X64</c>, <c>Arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Operating system and version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>.NET runtime and version.</summary>
    public required string Runtime { get; init; }
}
