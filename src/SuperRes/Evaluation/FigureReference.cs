using SuperRes.Evaluation.Figures;

namespace SuperRes.Evaluation;

/// <summary>Which part of which image a report shows side by side.</summary>
public sealed record FigureReference
{
    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>How the low-resolution images were made: that of <see cref="IEvaluationSet.Track"/>.</summary>
    public string? Track { get; init; }

    /// <summary>The scale.</summary>
    public required int Scale { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>The part of the high-resolution image where the models differ most.</summary>
    public required PixelRegion Region { get; init; }

    /// <summary>The picture's path relative to the report, with forward slashes: <c>figures/01-Set5-x4-butterfly.png</c>.</summary>
    public required string File { get; init; }
}
