using System.Buffers;
using System.IO.Compression;

namespace SuperRes.Imaging.Data.Download;

/// <summary>
/// Unpacks zip archives that come from elsewhere. Everything that the archive says of itself is checked before the first
/// byte is written, what it unpacks into is checked against that, and files get their names only once all are right.
/// </summary>
internal sealed class ZipExtractor(ExtractionLimits limits, Func<string, long> availableSpace)
{
    private const int BlockBytes = 1 << 17;

    /// <summary>Unpacks an archive into a folder, beside what is there already; files of the same name are replaced.</summary>
    /// <returns>The files, as paths below the folder with forward slashes.</returns>
    /// <exception cref="DatasetException">The archive is damaged or hostile, or the disk is full, and the folder is as it was; or a file there can't be replaced, and others may have been.</exception>
    public IReadOnlyList<ExtractedFile> Extract(string archivePath, string folder, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        var staging = Path.Combine(folder, $".{Path.GetFileName(archivePath)}.unpacking");
        try
        {
            DeleteFolder(staging);
            using var archive = ZipFile.OpenRead(archivePath);
            var entries = Inspect(archive, archivePath);
            var total = entries.Sum(entry => entry.Entry.Length);
            DiskSpace.Demand(total, folder, $"Unpacking '{Path.GetFileName(archivePath)}'", availableSpace);
            long done = 0;
            foreach (var (path, entry) in entries)
            {
                WriteEntry(entry, Path.Combine(staging, path), archivePath, read => progress?.Report(new(FetchPhase.Extracting, done += read, total)), cancellationToken);
            }

            MoveInPlace(entries.Select(entry => entry.Path), staging, folder);
            return [.. entries.Select(entry => new ExtractedFile(entry.Path, entry.Entry.Length))];
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException($"'{archivePath}' is no readable zip archive: {exception.Message} Delete it and fetch it again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{archivePath}' can't be unpacked into '{folder}': {exception.Message}", exception);
        }
        finally
        {
            DeleteFolder(staging);
        }
    }

    private List<(string Path, ZipArchiveEntry Entry)> Inspect(ZipArchive archive, string archivePath)
    {
        if (archive.Entries.Count > limits.Entries)
        {
            throw Refuse(archivePath, $"it holds {archive.Entries.Count} entries, and at most {limits.Entries} are allowed");
        }

        var allowed = new FileInfo(archivePath).Length * limits.Expansion;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var entries = new List<(string, ZipArchiveEntry)>();
        foreach (var entry in archive.Entries)
        {
            var path = ZipEntryName.Check(entry, archivePath);
            if (path.EndsWith('/'))
            {
                continue;
            }

            if (!seen.Add(path))
            {
                throw Refuse(archivePath, $"it holds '{path}' twice");
            }

            allowed -= entry.Length;
            if (entry.Length < 0 || allowed < 0)
            {
                throw Refuse(archivePath, $"it would unpack into more than {limits.Expansion} times its own size");
            }

            entries.Add((path, entry));
        }

        return entries;
    }

    private static void WriteEntry(ZipArchiveEntry entry, string path, string archivePath, Action<int> written, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var source = entry.Open();
        using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var sum = new Crc32();
            int read;
            while ((read = source.Read(block, 0, BlockBytes)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (target.Position + read > entry.Length)
                {
                    throw Refuse(archivePath, $"'{entry.FullName}' unpacks into more than the {entry.Length} bytes that the archive says");
                }

                sum.Append(block.AsSpan(0, read));
                target.Write(block, 0, read);
                written(read);
            }

            if (target.Position != entry.Length || sum.Value != entry.Crc32)
            {
                throw Refuse(archivePath, $"'{entry.FullName}' does not have the length or checksum that the archive says");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static void MoveInPlace(IEnumerable<string> paths, string staging, string folder)
    {
        foreach (var path in paths)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(Path.Combine(staging, path), target, overwrite: true);
        }
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DatasetException Refuse(string archivePath, string fault) =>
        new($"'{archivePath}' was not unpacked: {fault}. The archive is damaged or hostile; delete it and fetch it again.");
}
