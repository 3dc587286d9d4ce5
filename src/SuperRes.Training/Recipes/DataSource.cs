namespace SuperRes.Training.Recipes;

/// <summary>One folder of high-resolution images.</summary>
public sealed record DataSource
{
    /// <summary>A folder of images, of sub-images with a manifest, or in the Set5 or DIV2K layout.</summary>
    public required string Path { get; init; }

    /// <summary>Factor that every image is reduced by before use; 2 or more removes the traces of JPEG compression.</summary>
    public double Shrink { get; init; } = 1;

    /// <summary>Which images, by name: names, patterns and ranges separated by commas (<c>0801..0850</c>); null for all.</summary>
    public string? Names { get; init; }

    /// <summary>Names of images that are left out: those that a result is to be shown on.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Only the first so many images in natural order of their names; 0 for all. For experiments on the size of the data.</summary>
    public int First { get; init; }

    /// <summary>
    /// The share of the images that is used, spread evenly over their natural order; applied after the other choices.
    /// A smaller set lies in every larger one whose number of images is a multiple of its own.
    /// </summary>
    public double Fraction { get; init; } = 1;
}
