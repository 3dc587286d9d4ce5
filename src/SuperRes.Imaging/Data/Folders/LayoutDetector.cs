using System.Globalization;

namespace SuperRes.Imaging.Data.Folders;

/// <summary>Recognises how a data set's folder is arranged.</summary>
internal static class LayoutDetector
{
    private const string HighResolution = "HR";
    private const string HighResolutionEnding = "_HR";

    /// <summary>Every data set that a path means: one, or several where a folder in DIV2K's layout holds several splits.</summary>
    /// <exception cref="DatasetException">There is none; the message says what was expected.</exception>
    public static IReadOnlyList<DetectedSet> Detect(string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw new DatasetException(File.Exists(folder)
                ? $"'{path}' is a file, and a data set is a folder. Name the folder that it lies in."
                : $"'{path}' does not exist. Check the name{(folder.Contains("DIV2K", StringComparison.OrdinalIgnoreCase) ? ", or fetch DIV2K with: superres data get" : "")}.");
        }

        return TryDetect(folder) ?? throw new DatasetException(
            $"'{path}' holds no images. A data set is a folder of images, a folder with HR/ in it (and, where present, " +
            "LR_bicubic/X4/namex4.png), or the layout of DIV2K (DIV2K_valid_HR/0801.png, DIV2K_valid_LR_bicubic/X4/0801x4.png).");
    }

    /// <summary>Every data set that an existing folder means, or null where there is none.</summary>
    public static IReadOnlyList<DetectedSet>? TryDetect(string folder)
    {
        var name = Path.GetFileName(folder);
        var parent = Path.GetDirectoryName(folder);
        if (Directory.Exists(Path.Combine(folder, HighResolution)))
        {
            return [HighResolutionSet(folder)];
        }

        if (name == HighResolution && parent is not null)
        {
            return [HighResolutionSet(parent)];
        }

        if (name.Length > HighResolutionEnding.Length && name.EndsWith(HighResolutionEnding, StringComparison.Ordinal) && parent is not null)
        {
            return [Div2kSet(parent, folder)];
        }

        var splits = Directory.GetDirectories(folder, "*" + HighResolutionEnding).Order(NaturalOrder.Instance).Select(split => Div2kSet(folder, split)).ToList();
        if (splits.Count > 0)
        {
            return splits;
        }

        return ImageFolder.HasImages(folder) ? [new DetectedSet(name, DatasetLayout.Plain, folder, folder, TrackFolders(folder, "LR_"))] : null;
    }

    private static DetectedSet HighResolutionSet(string root) =>
        new(Path.GetFileName(root), DatasetLayout.HighResolutionFolder, root, Path.Combine(root, HighResolution), TrackFolders(root, "LR_"));

    private static DetectedSet Div2kSet(string root, string highResolution)
    {
        var name = Path.GetFileName(highResolution)[..^HighResolutionEnding.Length];
        return new DetectedSet(name, DatasetLayout.Div2k, root, highResolution, TrackFolders(root, name + "_LR_"));
    }

    /// <summary>
    /// <c>{prefix}{track}/X{scale}</c>, and the flat folders of DIV2K's later tracks: <c>{prefix}x8</c> (bicubic) and
    /// <c>{prefix}mild</c> (x4).
    /// </summary>
    private static List<LowResolutionFolder> TrackFolders(string root, string prefix)
    {
        const int RealisticScale = 4;
        var folders = new List<LowResolutionFolder>();

        // Names are compared here: as a search pattern a name may mean others, and its case counts on some systems only.
        foreach (var folder in Directory.GetDirectories(root).Where(folder => Path.GetFileName(folder).StartsWith(prefix, StringComparison.Ordinal)))
        {
            var track = Path.GetFileName(folder)[prefix.Length..];
            var scales = Directory.GetDirectories(folder)
                .Select(sub => (Path: sub, Scale: ParseScale(Path.GetFileName(sub))))
                .Where(sub => sub.Scale >= 2)
                .Select(sub => new LowResolutionFolder(track, sub.Scale, sub.Path))
                .ToList();
            if (scales.Count > 0)
            {
                folders.AddRange(scales);
            }
            else if (ParseScale(track) is >= 2 and var scale)
            {
                folders.Add(new LowResolutionFolder(LowResolutionFolder.BicubicTrack, scale, folder));
            }
            else if (track is "mild" or "difficult" or "wild")
            {
                folders.Add(new LowResolutionFolder(track, RealisticScale, folder));
            }
        }

        return [.. folders.OrderBy(folder => folder.Track, StringComparer.Ordinal).ThenBy(folder => folder.Scale)];
    }

    private static int ParseScale(string name) =>
        name.Length > 1 && name[0] is 'x' or 'X' && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var scale) ? scale : 0;
}
