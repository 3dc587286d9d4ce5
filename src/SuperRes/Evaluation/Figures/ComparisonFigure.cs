using SuperRes.Pixels;

namespace SuperRes.Evaluation.Figures;

/// <summary>
/// The pixels of one side-by-side comparison: the whole original, and the region where the models differ most, from the
/// original, the low-resolution image and every model.
/// </summary>
public sealed record ComparisonFigure
{
    /// <summary>Which image and region this is.</summary>
    public required FigureReference Reference { get; init; }

    /// <summary>The protocol of the panels' numbers.</summary>
    public required string Protocol { get; init; }

    /// <summary>Width in pixels of the whole image that the region's coordinates refer to.</summary>
    public required int ImageWidth { get; init; }

    /// <summary>Height in pixels of that image.</summary>
    public required int ImageHeight { get; init; }

    /// <summary>The whole original, made smaller where it is large; 8-bit gray or RGB.</summary>
    public required ImageBuffer Overview { get; init; }

    /// <summary>The original in the region, at its own size.</summary>
    public required ImageBuffer Original { get; init; }

    /// <summary>The low-resolution pixels of the region, at their own size.</summary>
    public required ImageBuffer LowResolution { get; init; }

    /// <summary>One crop per model that succeeded, in the models' order.</summary>
    public required IReadOnlyList<FigurePanel> Panels { get; init; }
}
