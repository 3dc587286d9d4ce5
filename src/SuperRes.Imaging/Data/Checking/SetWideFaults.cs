using SuperRes.Imaging.Data.Catalogue;
using SuperRes.Imaging.Data.Download;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Reading;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>Finds what only shows when all images have been seen.</summary>
internal static class SetWideFaults
{
    // Measured on Set5, Set14 and BSDS200 at x4: reduced to 16x16, the right original's crudest version (nearest neighbour) is at
    // most 5.3 levels away, one with strong blur and noise, shifted by 8 pixels, at most 28; another photo is 63 away (median),
    // and less than 30 in one of 100 pairs.
    private const double OtherPictureDistance = 12;

    // There, other photos get at most 17.5 dB against MATLAB's version of the original.
    private const double SamePicturePsnr = 20;

    /// <summary>Files with the same pixels.</summary>
    public static IEnumerable<DatasetFinding> FindDuplicates(IEnumerable<(string Path, string ContentHash)> files, bool isProblem) =>
        files.GroupBy(file => file.ContentHash, file => file.Path)
            .Where(group => group.Count() > 1)
            .Select(group => new DatasetFinding(
                FindingKind.Duplicate, isProblem, $"{string.Join(" and ", group.Select(path => $"'{Path.GetFileName(path)}'"))} have the same pixels.", [.. group]));

    /// <summary>Low-resolution files that belong to no image.</summary>
    public static IEnumerable<DatasetFinding> FindWithoutOriginal(DatasetFolder set)
    {
        // Of the whole set, also where only some of its images are looked at.
        var names = ImageFolder.List(set.HighResolutionPath).Select(image => image.Name).ToHashSet(StringComparer.Ordinal);
        return from track in set.LowResolution
               from file in ImageFolder.List(track.Path)
               where !names.Contains(file.Name) && !names.Contains(track.NameOf(file.Name))
               select new DatasetFinding(
                   FindingKind.WithoutOriginal, IsProblem: true,
                   $"'{file.Path}' has no original: '{set.HighResolutionPath}' has no image '{track.NameOf(file.Name)}'. Remove it, or add the original.", [file.Path]);
    }

    /// <summary>Low-resolution images that show another picture than their originals.</summary>
    public static IEnumerable<DatasetFinding> FindMispaired(IReadOnlyList<ImageInspection> images)
    {
        foreach (var (image, pair) in images.SelectMany(image => image.Pairs.Select(pair => (image, pair))))
        {
            var distance = pair.Thumbnail.DistanceTo(image.Thumbnail);
            if (distance <= OtherPictureDistance || pair.Report?.Psnr > SamePicturePsnr)
            {
                continue;
            }

            var nearest = images.MinBy(other => pair.Thumbnail.DistanceTo(other.Thumbnail))!;
            var isOther = pair.Thumbnail.DistanceTo(nearest.Thumbnail) < distance / 2;
            if (isOther || pair.Report is { Psnr: not null })
            {
                var shown = isOther ? $"it looks like '{nearest.Image.Name}'" : "no other image of the set shows it either";
                yield return new(
                    FindingKind.Mispaired, IsProblem: true,
                    $"'{pair.Path}' does not show what '{Path.GetFileName(image.Image.Path)}' shows; {shown}. Files may have been renamed: make or fetch them again.",
                    [pair.Path, image.Image.Path]);
            }
        }
    }

    /// <summary>Files that a fetched archive brought and that are gone.</summary>
    public static IEnumerable<DatasetFinding> FindLost(DatasetFolder set)
    {
        var folders = set.LowResolution.Select(track => track.Path).Append(set.HighResolutionPath)
            .Select(folder => Path.GetRelativePath(set.Root, folder).Replace('\\', '/') + "/").ToList();
        return from receipt in ArchiveReceipt.ReadAll(set.Root)
               from file in receipt.FindMissing(set.Root)
               where folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))
               select new DatasetFinding(
                   FindingKind.Missing, IsProblem: true,
                   $"'{file.Path}' came with '{InputFile.Printable(receipt.Archive)}' and is gone or has changed. {DatasetCatalogue.HowToGet(receipt.Archive, set.Root)}", [Path.Combine(set.Root, file.Path)]);
    }
}
