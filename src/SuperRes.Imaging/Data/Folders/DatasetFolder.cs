namespace SuperRes.Imaging.Data.Folders;

/// <summary>
/// A data set in a folder: its high-resolution images and, where present, the low-resolution ones that belong to them.
/// Only names are read here; pixels are read by whoever needs them.
/// </summary>
public sealed class DatasetFolder
{
    private readonly DetectedSet _set;

    private DatasetFolder(DetectedSet set, IReadOnlyList<DatasetImage> images)
    {
        _set = set;
        Images = images;
    }

    /// <summary>What the set is called: <c>Set5</c>, <c>DIV2K_valid</c>.</summary>
    public string Name => _set.Name;

    /// <summary>How its folder is arranged.</summary>
    public DatasetLayout Layout => _set.Layout;

    /// <summary>The folder that everything of the set lies in.</summary>
    public string Root => _set.Root;

    /// <summary>The folder of the high-resolution images.</summary>
    public string HighResolutionPath => _set.HighResolutionPath;

    /// <summary>The high-resolution images in natural order, at least one; their names are unique.</summary>
    public IReadOnlyList<DatasetImage> Images { get; }

    /// <summary>The folders of low-resolution images, by track and scale.</summary>
    public IReadOnlyList<LowResolutionFolder> LowResolution => _set.LowResolution;

    internal DetectedSet Detected => _set;

    /// <summary>Opens a data set.</summary>
    /// <param name="path">The set's folder, or its folder of high-resolution images.</param>
    /// <param name="split">Which of several splits in one folder: <c>train</c>, <c>valid</c> or a whole name such as <c>DIV2K_valid</c>; not looked at where there is only one.</param>
    /// <exception cref="DatasetException">There is no such set, it has no images, or two with the same name.</exception>
    public static DatasetFolder Open(string path, string? split = null)
    {
        var sets = LayoutDetector.Detect(path);
        if (sets.Count == 1)
        {
            return Open(sets[0]);
        }

        var names = string.Join(", ", sets.Select(set => set.Name));
        if (split is null)
        {
            throw new DatasetException($"'{path}' holds several data sets: {names}. Name the one you mean: {string.Join(" or ", sets.Select(set => set.HighResolutionPath))}");
        }

        return Open(sets.FirstOrDefault(set => set.Name == split || set.Name.EndsWith("_" + split, StringComparison.OrdinalIgnoreCase))
            ?? throw new DatasetException($"'{path}' has no '{split}'; it holds {names}."));
    }

    /// <summary>Opens every data set that a folder holds: one, or the splits of DIV2K's layout.</summary>
    /// <inheritdoc cref="Open(string, string)" path="/exception"/>
    public static IReadOnlyList<DatasetFolder> OpenAll(string path) => [.. LayoutDetector.Detect(path).Select(Open)];

    /// <summary>The same set with fewer images.</summary>
    /// <param name="names">
    /// Terms separated by commas, each a name, a pattern (<c>b*</c>) or a range in natural order, both ends included
    /// (<c>0801..0850</c>); null for all.
    /// </param>
    /// <param name="first">At most so many, from the start of what <paramref name="names"/> leaves; null for all.</param>
    /// <exception cref="DatasetException">A term chooses nothing, or there is none.</exception>
    public DatasetFolder Select(string? names = null, int? first = null)
    {
        if (first is { } count)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(first));
        }

        var chosen = names is null ? Images : NameSelection.Apply(names, Images, Name);
        return new DatasetFolder(_set, first < chosen.Count ? [.. chosen.Take(first.Value)] : chosen);
    }

    /// <summary>The folder of low-resolution images for a scale, or null where the set has none.</summary>
    public LowResolutionFolder? FindTrack(int scale, string track = LowResolutionFolder.BicubicTrack) =>
        LowResolution.FirstOrDefault(folder => folder.Scale == scale && folder.Track == track);

    private static DatasetFolder Open(DetectedSet set)
    {
        var images = ImageFolder.List(set.HighResolutionPath);
        if (images.Count == 0)
        {
            throw new DatasetException($"'{set.HighResolutionPath}' holds no images.");
        }

        if (images.GroupBy(image => image.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            var files = string.Join(" and ", twice.Select(image => $"'{Path.GetFileName(image.Path)}'"));
            throw new DatasetException($"'{set.HighResolutionPath}' has {files}: their results could not be told apart. Rename or remove one.");
        }

        return new DatasetFolder(set, images);
    }
}
