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
}
