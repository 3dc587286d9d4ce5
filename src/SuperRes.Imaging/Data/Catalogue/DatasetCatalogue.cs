using System.IO.Enumeration;

namespace SuperRes.Imaging.Data.Catalogue;

/// <summary>The published data sets that SuperRes can fetch.</summary>
public static class DatasetCatalogue
{
    /// <summary>Every known data set.</summary>
    public static IReadOnlyList<KnownDataset> Datasets { get; } = [Div2k.Dataset];

    /// <summary>The archives that a name means, in the catalogue's order; none when nothing has that name.</summary>
    /// <param name="name">
    /// An archive's name (<c>div2k-valid-hr</c>), its published file name with or without extension
    /// (<c>DIV2K_valid_HR.zip</c>), or a pattern with <c>*</c> and <c>?</c> over names (<c>div2k-valid-*</c>). Case is ignored.
    /// </param>
    public static IReadOnlyList<KnownArchive> Find(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return [.. Datasets.SelectMany(dataset => dataset.Archives).Where(archive =>
            FileSystemName.MatchesSimpleExpression(name, archive.Name, ignoreCase: true)
            || name.Equals(archive.FileName, StringComparison.OrdinalIgnoreCase)
            || name.Equals(Path.GetFileNameWithoutExtension(archive.FileName), StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The data set that an archive belongs to.</summary>
    /// <exception cref="ArgumentException">The archive is not from this catalogue.</exception>
    public static KnownDataset DatasetOf(KnownArchive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return Datasets.FirstOrDefault(dataset => dataset.Archives.Contains(archive))
            ?? throw new ArgumentException($"'{archive.Name}' is not in the catalogue.", nameof(archive));
    }

    /// <summary>How to fetch an archive again into a data set's folder, as a sentence: the command, where it would unpack the archive there.</summary>
    /// <param name="archive">The archive's name.</param>
    /// <param name="datasetFolder">The folder that it came into.</param>
    internal static string HowToGet(string archive, string datasetFolder)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(datasetFolder));
        return Find(archive) is [var known] && DatasetOf(known).Name == Path.GetFileName(folder)
            ? $"Run: superres data get {archive} -o \"{Path.GetDirectoryName(folder)}\" to fetch it again."
            : $"Fetch '{archive}' again, and put it there.";
    }
}
