using System.Globalization;
using SuperRes.Imaging.Data.Batches;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Writing;

namespace SuperRes.Imaging.Data.Preparation;

/// <summary>
/// Cuts the images of data sets into sub-images, which train faster than whole images because less is decoded for a patch.
/// The result is a data set itself: sub-images as PNG in <c>HR/</c>, and a manifest that tells where each comes from.
/// What an earlier, perhaps interrupted, preparation made is kept where source and sub-images are unchanged; one of other
/// images is refused, as the folder would lose theirs.
/// </summary>
public sealed class SubImagePreparer
{
    private readonly SubImageOptions _options;
    private readonly int _jobs;

    /// <summary>Makes a preparer.</summary>
    /// <param name="options">How to cut.</param>
    /// <param name="jobs">Images at once; 0 for one per processor.</param>
    /// <exception cref="ArgumentException">The options have faults; the message lists all.</exception>
    public SubImagePreparer(SubImageOptions options, int jobs = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(jobs);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _jobs = jobs;
    }

    private static string Tool { get; } = "SuperRes " + typeof(SubImagePreparer).Assembly.GetName().Version!.ToString(3);

    /// <summary>Prepares a folder.</summary>
    /// <param name="sets">Where the images come from; only their high-resolution images are used.</param>
    /// <param name="folder">The folder to prepare; made where it does not exist.</param>
    /// <param name="progress">Told as each image is finished; may be null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>; what is done is kept, and a later call goes on from there.</param>
    /// <exception cref="DatasetException">The folder can't be prepared; the message says why and what to do. Images that can't be used are in the result instead.</exception>
    public async Task<PreparationResult> PrepareAsync(
        IReadOnlyList<DatasetFolder> sets, string folder, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (File.Exists(folder))
        {
            throw new DatasetException($"'{folder}' is a file, and sub-images go into a folder. Choose another.");
        }

        var sources = PreparationSources.List(sets, folder);
        Directory.CreateDirectory(folder);
        using var journal = PreparationJournal.Open(folder);
        var known = ReadKnown(folder, journal);
        PreparationSources.ThrowIfSomeAreLeftOut(known, sources, sets, folder);
        var imageFolder = Path.Combine(folder, SubImageCutter.ImageFolder);
        Directory.CreateDirectory(imageFolder);
        var cutter = new SubImageCutter(folder, _options);
        journal.Begin(known);
        OutputFile.DeleteAbandoned(imageFolder); // the journal keeps other processes out
        var knownSources = Newest(known);

        var done = await ImageBatch.RunAsync(
            sources, source => source.Image.Path, (source, token) => Prepare(source, knownSources, folder, cutter, journal, token), _jobs, progress, cancellationToken).ConfigureAwait(false);

        // What was made of an image that now fails, or was begun, stays known, so that it goes when the image does.
        var noted = Newest(journal.Read()!);
        var manifest = new SubImageManifest(
            Tool, _options, [.. sources.Zip(done, (source, item) => item.Result?.Source ?? (noted.TryGetValue(source.File, out var before) ? Unknowable(before) : null)).OfType<SubImageSource>()]);
        var failures = done.Select(item => item.Failure).OfType<BatchFailure>().ToList();
        if (failures.Count == 0 && manifest.Sources.All(source => source.SubImages.Count == 0))
        {
            // Without a manifest: the next attempt may ask for another size.
            journal.Finish();
            if (!Directory.EnumerateFileSystemEntries(imageFolder).Any())
            {
                Directory.Delete(imageFolder);
            }

            throw new DatasetException($"Every image is smaller than a sub-image of {_options.Size}x{_options.Size}{(_options.Shrink == 1 ? "" : " once it is shrunk")}, so there is nothing to cut. Use a smaller size.");
        }

        DeleteLeftovers(folder, known, manifest);
        manifest.Write(folder);
        journal.Finish();
        return Summarise(folder, done.Select(item => item.Result).OfType<Prepared>().ToList(), failures);
    }

    private static Prepared Prepare(
        PreparationSource source, Dictionary<string, SubImageSource> known, string folder, SubImageCutter cutter, PreparationJournal journal, CancellationToken cancellationToken)
    {
        var sha256 = FileHash.Sha256(source.Image.Path);
        if (known.TryGetValue(source.File, out var before) && before.Sha256 == sha256 && before.SubImages.All(sub => IsUnchanged(folder, sub)))
        {
            return new Prepared(before, [], IsNew: false);
        }

        var (made, notes) = cutter.Cut(source.Image, source.File, sha256, journal.Append, cancellationToken);
        journal.Append(made);
        return new Prepared(made, notes, IsNew: true);
    }

    /// <summary>What was last noted of each source.</summary>
    private static Dictionary<string, SubImageSource> Newest(SubImageManifest manifest) =>
        manifest.Sources.GroupBy(source => source.File, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last());

    private static bool IsUnchanged(string folder, SubImage sub)
    {
        var path = Path.Combine(folder, sub.File);
        return File.Exists(path) && FileHash.Sha256(path) == sub.Sha256;
    }

    private static void DeleteLeftovers(string folder, SubImageManifest before, SubImageManifest now)
    {
        var files = now.Sources.SelectMany(source => source.SubImages).Select(sub => sub.File).ToHashSet(StringComparer.Ordinal);
        foreach (var leftover in before.Sources.SelectMany(source => source.SubImages).Where(sub => !files.Contains(sub.File)))
        {
            File.Delete(Path.Combine(folder, leftover.File));
        }
    }

    private static PreparationResult Summarise(string folder, List<Prepared> done, List<BatchFailure> failures) => new(
        folder,
        done.Count(item => item.Source.SubImages.Count > 0),
        done.Count(item => !item.IsNew && item.Source.SubImages.Count > 0),
        done.Sum(item => item.Source.SubImages.Count),
        [.. done.Where(item => item.Source.SubImages.Count == 0).Select(item => item.Source.File)],
        failures,
        [.. done.SelectMany(item => item.Notes.Select(note => $"{item.Source.File}: {note}"))]);

    /// <summary>What earlier preparations made here, as far as it can be kept.</summary>
    private SubImageManifest ReadKnown(string folder, PreparationJournal journal)
    {
        var none = new SubImageManifest(Tool, _options, []);
        var finished = SubImageManifest.Read(folder);
        if (finished is null && File.Exists(Path.Combine(folder, SubImageManifest.FileName)))
        {
            throw new DatasetException($"'{folder}' holds a '{SubImageManifest.FileName}' of something else. Choose another folder.");
        }

        var unfinished = journal.Read();
        var imageFolder = Path.Combine(folder, SubImageCutter.ImageFolder);
        if ((unfinished ?? finished) is not { } known)
        {
            return Directory.Exists(imageFolder) && Directory.EnumerateFiles(imageFolder).Any()
                ? throw new DatasetException($"'{imageFolder}' holds files that no preparation made. Choose an empty folder.")
                : none;
        }

        if (known.Options != _options)
        {
            throw new DatasetException($"'{folder}' was prepared with {Describe(known.Options)}, and {Describe(_options)} is asked for. Choose another folder, or delete this one.");
        }

        // Another version may cut or encode differently: nothing of its is kept, but it is known, so that leftovers go.
        return known.Tool == Tool ? known : known with { Tool = Tool, Sources = [.. known.Sources.Select(Unknowable)] };
    }

    /// <summary>A source that is cut anew whatever it is then.</summary>
    private static SubImageSource Unknowable(SubImageSource source) => source with { Sha256 = "" };

    private static string Describe(SubImageOptions options) => string.Create(
        CultureInfo.InvariantCulture, $"size {options.Size}, step {options.Step}, remainder {options.Remainder}, shrink {options.Shrink}");

    private sealed record Prepared(SubImageSource Source, IReadOnlyList<string> Notes, bool IsNew);
}
