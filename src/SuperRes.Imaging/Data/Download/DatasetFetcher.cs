using SuperRes.Imaging.Data.Catalogue;

namespace SuperRes.Imaging.Data.Download;

/// <summary>
/// Fetches archives of published data sets: downloads, compares the checksum, unpacks. What is there already is not
/// fetched again, and an interrupted fetch goes on where it stopped.
/// </summary>
public sealed class DatasetFetcher
{
    private readonly HttpDownloader _downloader;
    private readonly ZipExtractor _extractor;
    private readonly Func<string, long> _availableSpace;

    /// <summary>Makes a fetcher.</summary>
    /// <param name="client">Sends the requests; the caller keeps it and disposes it. Its timeout should be infinite, silence is watched here.</param>
    /// <param name="options">How patient to be.</param>
    /// <param name="time">The clock that waits are measured by.</param>
    /// <exception cref="ArgumentException">The options have faults; the message lists all.</exception>
    public DatasetFetcher(HttpClient client, DownloadOptions? options = null, TimeProvider? time = null)
        : this(client, options ?? new(), time ?? TimeProvider.System, new ExtractionLimits(), DiskSpace.Available)
    {
    }

    internal DatasetFetcher(HttpClient client, DownloadOptions options, TimeProvider time, ExtractionLimits limits, Func<string, long> availableSpace)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _downloader = new HttpDownloader(client, options, time, availableSpace);
        _extractor = new ZipExtractor(limits, availableSpace);
        _availableSpace = availableSpace;
    }

    /// <summary>Brings one archive's images into a data set's folder.</summary>
    /// <param name="archive">What to fetch.</param>
    /// <param name="datasetFolder">The data set's folder; the archive's own folder comes to lie inside it.</param>
    /// <param name="keepArchive">Keeps the zip file beside its contents; one that was there before is kept in any case.</param>
    /// <param name="progress">Told of bytes; may be null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>; what has arrived is kept.</param>
    /// <exception cref="DatasetException">It can't be had, or is being fetched by another process; the message says why and what to do.</exception>
    public async Task<FetchResult> FetchAsync(
        KnownArchive archive, string datasetFolder, bool keepArchive = false, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentException.ThrowIfNullOrWhiteSpace(datasetFolder);
        var folder = Path.Combine(datasetFolder, archive.Folder);
        if (FindReceipt(archive, datasetFolder) is { } known)
        {
            return new FetchResult(folder, known.Files.Count, WasThere: true);
        }

        Directory.CreateDirectory(datasetFolder);
        var path = Path.Combine(datasetFolder, archive.FileName);
        await using var turn = ExclusiveFile.Open($"{path}.lock", "it is being fetched already. Wait for that or stop it.", FileOptions.DeleteOnClose);
        if (FindReceipt(archive, datasetFolder) is { } fetched) // by another in the meantime
        {
            return new FetchResult(folder, fetched.Files.Count, WasThere: true);
        }

        var wasThere = await IsArchiveAsync(path, archive, progress, cancellationToken).ConfigureAwait(false);
        if (!wasThere)
        {
            await DownloadAsync(archive, path, progress, cancellationToken).ConfigureAwait(false);
        }

        var files = _extractor.Extract(path, datasetFolder, progress, cancellationToken);
        DemandFolder(archive, files);
        new ArchiveReceipt(archive.Name, archive.Address.AbsoluteUri, archive.Bytes, archive.Sha256, files).Write(datasetFolder);
        if (!keepArchive && !wasThere)
        {
            File.Delete(path);
        }

        return new FetchResult(folder, files.Count, WasThere: false);
    }

    /// <summary>Whether a data set's folder holds everything that an archive brings.</summary>
    public static bool IsFetched(KnownArchive archive, string datasetFolder)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return FindReceipt(archive, datasetFolder) is not null;
    }

    private static ArchiveReceipt? FindReceipt(KnownArchive archive, string datasetFolder) =>
        ArchiveReceipt.Read(datasetFolder, archive.Name) is { } receipt && receipt.Sha256 == archive.Sha256 && !receipt.FindMissing(datasetFolder).Any()
            ? receipt
            : null;

    private async Task DownloadAsync(KnownArchive archive, string path, IProgress<FetchProgress>? progress, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var partial = new FileInfo(PartialFile.PathOf(path)) is { Exists: true } file ? file.Length : 0;
        // Images hardly compress, so what is unpacked takes about as much again as the archive, which stays until then.
        DiskSpace.Demand((2 * archive.Bytes) - Math.Min(partial, archive.Bytes), folder, $"'{archive.Name}' (the archive and its images)", _availableSpace);
        await _downloader.DownloadAsync(new DownloadRequest(archive.Address, path, archive.Bytes, archive.Sha256), progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the archive is there already, perhaps put there by hand.</summary>
    private static async Task<bool> IsArchiveAsync(string path, KnownArchive archive, IProgress<FetchProgress>? progress, CancellationToken cancellationToken)
    {
        if (FileLength.Of(path) != archive.Bytes)
        {
            return false;
        }

        await using var stream = File.OpenRead(path);
        return archive.Sha256 == await FileHash.Sha256Async(
            stream, done => progress?.Report(new(FetchPhase.Verifying, done, archive.Bytes)), cancellationToken).ConfigureAwait(false);
    }

    private static void DemandFolder(KnownArchive archive, IReadOnlyList<ExtractedFile> files)
    {
        if (!files.Any(file => file.Path.StartsWith(archive.Folder + "/", StringComparison.Ordinal)))
        {
            throw new DatasetException($"'{archive.FileName}' has no folder '{archive.Folder}'; it holds {files.Count} other files. This is another archive than '{archive.Name}'.");
        }
    }
}
