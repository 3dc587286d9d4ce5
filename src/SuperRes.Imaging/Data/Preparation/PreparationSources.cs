using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Data.Preparation;

/// <summary>An image to be cut.</summary>
/// <param name="Image">The image.</param>
/// <param name="File">What the manifest calls it: its data set's name and its file's.</param>
internal sealed record PreparationSource(DatasetImage Image, string File);

/// <summary>Lists what is to be cut, and refuses what can't be told apart afterwards.</summary>
internal static class PreparationSources
{
    public static IReadOnlyList<PreparationSource> List(IReadOnlyList<DatasetFolder> sets, string folder)
    {
        if (sets.FirstOrDefault(set => FolderPath.IsSame(set.Root, folder) || FolderPath.IsSame(set.HighResolutionPath, folder)) is { } same)
        {
            throw new DatasetException($"'{folder}' holds the images of '{same.Name}' that are to be cut. Choose another folder for the sub-images.");
        }

        var sources = sets.SelectMany(set => set.Images.Select(image => new PreparationSource(image, $"{set.Name}/{Path.GetFileName(image.Path)}"))).ToList();
        return sources.GroupBy(source => source.Image.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new DatasetException(
                $"{string.Join(" and ", twice.Select(source => $"'{source.File}'"))} would both become '{twice.Key}_s001.png'. Prepare them into different folders.")
            : sources;
    }

    /// <summary>Refuses to take away what was made of images that are still there, or may be: a preparation leaves nothing else in its folder.</summary>
    /// <exception cref="DatasetException">An image was cut into the folder before, and is not among those given now.</exception>
    public static void ThrowIfSomeAreLeftOut(SubImageManifest known, IReadOnlyList<PreparationSource> sources, IReadOnlyList<DatasetFolder> sets, string folder)
    {
        var files = sources.Select(source => source.File).ToHashSet(StringComparer.Ordinal);
        var leftOut = known.Sources.Where(source => source.SubImages.Count > 0 && !files.Contains(source.File) && !IsGone(source.File, sets, known, files)).ToList();
        if (leftOut.Count > 0)
        {
            throw new DatasetException(
                $"'{folder}' has sub-images of {(leftOut.Count == 1 ? $"'{leftOut[0].File}', which is" : $"{leftOut.Count} images, such as '{leftOut[0].File}', which are")} not among those given now. Give all that the folder is to hold at once, or choose another folder.");
        }
    }

    /// <summary>Whether a set that is given has lost the image since. One that has none of the images of that name is another set.</summary>
    private static bool IsGone(string file, IReadOnlyList<DatasetFolder> sets, SubImageManifest known, HashSet<string> given)
    {
        var own = sets.Where(set => IsOf(file, set)).ToList();
        return own.Any(set => known.Sources.Any(source => IsOf(source.File, set) && given.Contains(source.File)))
            && own.All(set => !File.Exists(Path.Combine(set.HighResolutionPath, file[(set.Name.Length + 1)..])));

        static bool IsOf(string file, DatasetFolder set) => file.StartsWith(set.Name + "/", StringComparison.Ordinal);
    }
}
