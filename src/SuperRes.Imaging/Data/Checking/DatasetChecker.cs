using SuperRes.Imaging.Data.Batches;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Data.Preparation;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>
/// Reads every image of a data set and says what is wrong: unreadable, missing, mispaired, mis-sized and duplicate images,
/// differences from the manifest of a prepared folder, and low-resolution images that MATLAB would not have made.
/// </summary>
public static class DatasetChecker
{
    /// <summary>Checks a data set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="jobs">Images at once; 0 for one per processor.</param>
    /// <param name="progress">Told as each image is finished; may be null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DatasetException">The set's manifest can't be read.</exception>
    public static async Task<DatasetReport> CheckAsync(
        DatasetFolder set, int jobs = 0, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegative(jobs);
        var manifest = ManifestCheck.Open(set);
        var inspector = new ImageInspector(set, manifest);
        var seen = await ImageBatch.RunAsync(set.Images, image => image.Path, inspector.Inspect, jobs, progress, cancellationToken).ConfigureAwait(false);
        var images = seen.Select(item => item.Result).OfType<ImageInspection>().ToList();

        var findings = seen.Select(item => item.Failure).OfType<BatchFailure>()
            .Select(failure => new DatasetFinding(FindingKind.Unreadable, IsProblem: true, failure.Message, [failure.Path])).ToList();
        findings.AddRange(images.SelectMany(image => image.Findings));
        findings.AddRange(manifest?.FindMissing() ?? []);
        if (PreparationJournal.IsIn(set.Root))
        {
            findings.Add(new DatasetFinding(FindingKind.Missing, IsProblem: true, $"'{set.Name}' is being prepared, or was not to the end. Run superres data prepare again.", [Path.Combine(set.Root, PreparationJournal.FileName)]));
        }

        findings.AddRange(SetWideFaults.FindLost(set));
        findings.AddRange(SetWideFaults.FindWithoutOriginal(set));
        var mispaired = SetWideFaults.FindMispaired(images).ToList();
        findings.AddRange(mispaired);

        // Parts of one sky may well be equal; whole photos may not.
        findings.AddRange(SetWideFaults.FindDuplicates(images.Select(image => (image.Image.Path, image.ContentHash)), isProblem: manifest is null));
        var tracks = new List<TrackReport>();
        foreach (var track in set.LowResolution)
        {
            var pairs = images.SelectMany(image => image.Pairs).Where(pair => pair.Track == track).ToList();
            var reports = pairs.Select(pair => pair.Report).OfType<PairReport>().ToList();
            tracks.Add(TrackSummary.Of(track, reports));
            findings.AddRange(TrackSummary.FindForeign(pairs.Where(pair => !mispaired.Any(finding => finding.Files[0] == pair.Path))));
            findings.AddRange(SetWideFaults.FindDuplicates(pairs.Select(pair => (pair.Path, pair.ContentHash)), isProblem: manifest is null));
        }

        // A lost file is missed both by its original and by the receipt of the archive that brought it.
        var distinct = findings.DistinctBy(finding => (finding.Kind, finding.Files[0])).OrderBy(finding => finding.Kind);
        return new DatasetReport(set.Name, set.HighResolutionPath, set.Images.Count, tracks, [.. distinct]);
    }
}
