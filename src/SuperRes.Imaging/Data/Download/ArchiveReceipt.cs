using System.Text.Json;
using SuperRes.Imaging.Writing;

namespace SuperRes.Imaging.Data.Download;

/// <summary>
/// What a fetch left behind: written last, beside the images, so that a later fetch knows that there is nothing to do and a
/// check can name what has gone missing.
/// </summary>
/// <param name="Archive">The archive's name in the catalogue.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Files">What it unpacked into.</param>
internal sealed record ArchiveReceipt(string Archive, string Address, long Bytes, string Sha256, IReadOnlyList<ExtractedFile> Files)
{
    /// <summary>The folder, inside a data set's, that holds the receipts.</summary>
    public const string FolderName = ".superres";

    public static string PathOf(string datasetFolder, string archive) => Path.Combine(datasetFolder, FolderName, archive + ".json");

    /// <summary>The receipts of a data set's folder.</summary>
    public static IReadOnlyList<ArchiveReceipt> ReadAll(string datasetFolder)
    {
        var folder = Path.Combine(datasetFolder, FolderName);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(ReadFile).OfType<ArchiveReceipt>()]
            : [];
    }

    public static ArchiveReceipt? Read(string datasetFolder, string archive) => ReadFile(PathOf(datasetFolder, archive));

    public void Write(string datasetFolder)
    {
        var path = PathOf(datasetFolder, Archive);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = OutputFile.Create(path, overwrite: true);
        JsonSerializer.Serialize(file.Stream, this, DownloadJson.Default.ArchiveReceipt);
        file.Commit();
    }

    /// <summary>The files that are gone or have another size.</summary>
    public IEnumerable<ExtractedFile> FindMissing(string datasetFolder) =>
        Files.Where(file => FileLength.Of(Path.Combine(datasetFolder, file.Path)) != file.Bytes);

    private static ArchiveReceipt? ReadFile(string path)
    {
        try
        {
            // A data set may come from anyone: what names a file that no archive unpacks into is no receipt.
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), DownloadJson.Default.ArchiveReceipt) is { } receipt &&
                receipt.Files.All(file => file is not null && ZipEntryName.StaysInside(file.Path)) ? receipt : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            // No receipt that can be read is no receipt: the fetch is done again.
            return null;
        }
    }
}
