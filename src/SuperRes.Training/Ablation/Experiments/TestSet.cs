namespace SuperRes.Training.Ablation.Experiments;

/// <summary>Images that results are reported on. They choose nothing.</summary>
public sealed record TestSet
{
    /// <summary>A folder of images in any layout that <c>superres evaluate</c> reads.</summary>
    public required string Path { get; init; }

    /// <summary>What the report calls it; the folder's name where there is none.</summary>
    public string? Name { get; init; }

    /// <summary>Which images, by name: names, patterns and ranges separated by commas (<c>0851..0900</c>); null for all.</summary>
    public string? Names { get; init; }

    /// <summary>Only the first so many images; 0 for all.</summary>
    public int First { get; init; }
}
