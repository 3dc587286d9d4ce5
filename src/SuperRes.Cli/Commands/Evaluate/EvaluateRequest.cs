using SuperRes.Evaluation;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Evaluate;

/// <summary>What the user asked for, checked and typed.</summary>
internal sealed record EvaluateRequest
{
    /// <summary>Folders of data sets.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    public required IReadOnlyList<string> Models { get; init; }

    public required MethodOptions MethodOptions { get; init; }

    public required EvaluationOptions Options { get; init; }

    /// <summary>Which images of each set, as <c>DatasetFolder.Select</c> reads it; null for all.</summary>
    public string? Images { get; init; }

    /// <summary>At most so many images of each set; null for all.</summary>
    public int? First { get; init; }

    /// <summary>Which low-resolution images, as a set's folders are called.</summary>
    public required string Track { get; init; }

    public bool SelfEnsemble { get; init; }

    /// <summary>The report's folder; null to print only.</summary>
    public string? ReportPath { get; init; }

    public bool Overwrite { get; init; }
}
