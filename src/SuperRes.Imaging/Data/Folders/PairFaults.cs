using System.Globalization;
using SuperRes.Imaging.Data.Catalogue;
using SuperRes.Imaging.Data.Degrading;

namespace SuperRes.Imaging.Data.Folders;

/// <summary>What is said of pairs that don't fit, and what to do about it.</summary>
internal static class PairFaults
{
    public static string Missing(DatasetFolder set, DatasetImage image, LowResolutionFolder track) =>
        $"'{Path.GetFileName(image.Path)}' has no low-resolution image: '{track.Path}' has no '{LowResolutionFolder.StemOf(image.Name, track.Scale)}.png'. {Remedy(set, image, track)}";

    public static string WithoutTrack(DatasetFolder set, string track, int scale) => string.Create(
        CultureInfo.InvariantCulture,
        $"{set.Name} has no low-resolution images of the track '{track}' for x{scale}; it has {(set.LowResolution.Count == 0 ? "none" : string.Join(", ", set.LowResolution.Select(folder => $"{folder.Track} x{folder.Scale}")))}. {Making(set, track, scale, Path.GetDirectoryName(set.Images[0].Path)!, "them") ?? "'superres data list' names what can be fetched."}");

    public static string WrongSize(DatasetFolder set, DatasetImage image, LowResolutionFolder track, string lowPath, (int Width, int Height) low, (int Width, int Height) high) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{Path.GetFileName(lowPath)}' is {low.Width}x{low.Height}, and {Path.GetFileName(image.Path)} at x{track.Scale} makes {high.Width / track.Scale}x{high.Height / track.Scale}. {Remedy(set, image, track)}");

    private static string Remedy(DatasetFolder set, DatasetImage image, LowResolutionFolder track)
    {
        var folder = Path.GetRelativePath(set.Root, track.Path).Replace('\\', '/');
        if (DatasetCatalogue.Datasets.SelectMany(dataset => dataset.Archives).FirstOrDefault(archive => archive.Folder == folder) is { } known)
        {
            return DatasetCatalogue.HowToGet(known.Name, set.Root);
        }

        return Making(set, track.Track, track.Scale, image.Path, "it again") ?? "Copy it again from where the set came from.";
    }

    /// <summary>The command that makes low-resolution images; null for tracks that nothing here makes.</summary>
    private static string? Making(DatasetFolder set, string track, int scale, string from, string what) => DegradeOptions.TryParse(track, out var options)
        ? FormattableString.Invariant($"Run: superres degrade \"{from}\" -o \"{set.Root}\" -s {scale}{options.Arguments} to make {what}.")
        : null;
}
