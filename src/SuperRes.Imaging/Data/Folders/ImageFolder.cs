namespace SuperRes.Imaging.Data.Folders;

/// <summary>Lists the image files of a folder.</summary>
internal static class ImageFolder
{
    /// <summary>The images directly in a folder, in natural order. Hidden files (macOS leaves <c>._name.png</c>) are none.</summary>
    public static IReadOnlyList<DatasetImage> List(string folder) =>
        [.. Directory.EnumerateFiles(folder)
            .Where(path => Path.GetFileName(path)[0] != '.' && ImageFormats.HasReadableExtension(path))
            .Select(path => new DatasetImage(Path.GetFileNameWithoutExtension(path), path))
            .OrderBy(image => image.Name, NaturalOrder.Instance)
            .ThenBy(image => image.Path, StringComparer.Ordinal)];

    public static bool HasImages(string folder) => Directory.Exists(folder) && List(folder).Count > 0;
}
