using System.Collections.Concurrent;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Studies;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Training.Ablation.Running;

/// <summary>A test set's images, which are known by their contents too: others under the same names are other images.</summary>
/// <param name="name">What reports call the set.</param>
/// <param name="folder">The images.</param>
internal sealed class TestImages(string name, DatasetFolder folder)
{
    private readonly Lazy<string[]> _hashes = new(() => [.. folder.Images.Select(image => FileHash.Sha256(image.Path))]);
    private readonly ConcurrentDictionary<int, Lazy<string[]?>> _lowHashes = [];

    /// <summary>What reports call the set.</summary>
    public string Name { get; } = name;

    /// <summary>The images' files.</summary>
    public IEnumerable<string> Paths => folder.Images.Select(image => image.Path);

    /// <summary>The images, to measure on.</summary>
    public IEvaluationSet Images { get; } = new FolderEvaluationSet(folder);

    /// <summary>Whether something was measured on these images; of results of earlier versions only the names can be compared.</summary>
    public bool AreOf(StudySet measured, int scale) => measured.Dataset == Name
        && measured.Images.SequenceEqual(Images.ImageNames)
        && (measured.ImageHashes is null
            || (measured.ImageHashes.SequenceEqual(_hashes.Value) && (measured.LowResolutionHashes ?? []).SequenceEqual(LowHashes(scale) ?? [])));

    /// <summary>Measures on them. They are hashed first, so that what is replaced meanwhile is noticed at the next start.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="measure">Measures on the images under the name.</param>
    public StudySet Measure(int scale, Func<IEvaluationSet, string, StudySet> measure)
    {
        var (hashes, low) = (_hashes.Value, LowHashes(scale));
        return measure(Images, Name) with { ImageHashes = hashes, LowResolutionHashes = low };
    }

    /// <summary>Each image's contents at a scale, in one line.</summary>
    public string Identity(int scale) => string.Join(' ', [Name, .. Images.ImageNames, .. _hashes.Value, .. LowHashes(scale) ?? []]);

    /// <summary>Once for each scale; null where low-resolution images are made from the others.</summary>
    private string[]? LowHashes(int scale) => _lowHashes.GetOrAdd(scale, _ => new(() => folder.FindTrack(scale) is not { } track
        ? null
        : [.. folder.Images.Select(image => track.FindImage(image) is { } path ? FileHash.Sha256(path) : "")])).Value;
}
