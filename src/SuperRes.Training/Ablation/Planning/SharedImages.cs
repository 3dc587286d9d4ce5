using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Running;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Finds images that an experiment both learns or chooses by and is measured on: what is measured on them says little of others.</summary>
internal static class SharedImages
{
    /// <summary>A note for each test set that shares files with the training images or, in a search, with the images that choose. By content: names say nothing.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="sets">Its test sets.</param>
    /// <param name="training">Paths of the training images.</param>
    public static IEnumerable<string> Notes(Experiment experiment, TestSets sets, IReadOnlyCollection<string> training)
    {
        var validation = experiment.Training.Validation;
        string[] choosing = experiment.Search is null || validation.Path is null
            ? []
            : [.. DatasetFolder.Open(validation.Path).Select(validation.Names, validation.First == 0 ? null : validation.First).Images.Select(image => image.Path)];
        foreach (var set in sets.All)
        {
            if (Shared(set.Paths, training) is [var trained, ..] all)
            {
                yield return $"note: {Images(all.Length)} of '{set.Name}' also trained on, '{Path.GetFileName(trained)}' for one: results on it say little of other images.";
            }

            if (Shared(set.Paths, choosing) is [var chosen, ..] some)
            {
                yield return $"note: {Images(some.Length)} of '{set.Name}' also among the validation images, '{Path.GetFileName(chosen)}' for one, by which the search chooses: results on it flatter what is chosen.";
            }
        }
    }

    private static string Images(int count) => count == 1 ? "1 image is" : FormattableString.Invariant($"{count} images are");

    /// <summary>Those of the first that have a twin among the second. Only files of one length are read.</summary>
    private static string[] Shared(IEnumerable<string> first, IReadOnlyCollection<string> second)
    {
        var byLength = second.ToLookup(FileLength.Of);
        return [.. first.Where(path => FileLength.Of(path) is { } length && byLength[length] is var alike && alike.Any() && FileHash.Sha256(path) is var hash && alike.Any(other => FileHash.Sha256(other) == hash))];
    }
}
