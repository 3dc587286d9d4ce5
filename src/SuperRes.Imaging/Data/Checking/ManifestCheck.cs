using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Data.Preparation;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>Compares a prepared folder with its manifest.</summary>
internal sealed class ManifestCheck
{
    private readonly string _root;
    private readonly Dictionary<string, SubImage> _subImages;

    private ManifestCheck(string root, SubImageManifest manifest)
    {
        _root = root;
        _subImages = manifest.Sources.SelectMany(source => source.SubImages).ToDictionary(sub => sub.File, StringComparer.Ordinal);
    }

    /// <summary>The check of a data set, or null where it was not prepared from another one.</summary>
    /// <exception cref="DatasetException">The manifest can't be read.</exception>
    public static ManifestCheck? Open(DatasetFolder set) =>
        SubImageManifest.Read(set.Root) is { } manifest ? new ManifestCheck(set.Root, manifest) : null;

    /// <summary>What is wrong with one image that is there.</summary>
    public DatasetFinding? FindFault(DatasetImage image)
    {
        var file = Path.GetRelativePath(_root, image.Path).Replace('\\', '/');
        return !_subImages.TryGetValue(file, out var known) ? Mismatch($"'{file}' is not in the manifest. Prepare the folder again, or remove the file.", image.Path)
            : FileHash.Sha256(image.Path) != known.Sha256 ? Mismatch($"'{file}' has changed since it was prepared. Prepare the folder again.", image.Path)
            : null;
    }

    /// <summary>What the manifest lists and the folder lacks.</summary>
    public IEnumerable<DatasetFinding> FindMissing()
    {
        foreach (var sub in _subImages.Values.Where(sub => !File.Exists(Path.Combine(_root, sub.File))))
        {
            yield return new(FindingKind.Missing, IsProblem: true, $"'{sub.File}' is in the manifest and not in the folder. Prepare the folder again.", [Path.Combine(_root, sub.File)]);
        }
    }

    private static DatasetFinding Mismatch(string message, string path) => new(FindingKind.ManifestMismatch, IsProblem: true, message, [path]);
}
