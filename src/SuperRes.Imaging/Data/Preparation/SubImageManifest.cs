using System.Text.Json;
using SuperRes.Imaging.Writing;

namespace SuperRes.Imaging.Data.Preparation;

/// <summary>
/// What sub-images were made from, and how: <c>manifest.json</c> beside their folder. It holds no times and no machine's
/// paths, so the same images cut in the same way give the same manifest, byte for byte.
/// </summary>
/// <param name="Tool">The program and its version.</param>
/// <param name="Options">How the images were cut.</param>
/// <param name="Sources">The images, in the order in which they were given.</param>
internal sealed record SubImageManifest(string Tool, SubImageOptions Options, IReadOnlyList<SubImageSource> Sources)
{
    public const string FileName = "manifest.json";

    /// <summary>Reads a folder's manifest, or null where it has none: a file of that name may be another program's.</summary>
    /// <exception cref="DatasetException">It can't be read, or names a file that is no sub-image.</exception>
    public static SubImageManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), PreparationJson.Default.SubImageManifest)?.DemandOwnPaths(path)
                ?? throw new DatasetException($"'{path}' is empty. Delete it and prepare the folder again.");
        }
        catch (JsonException) when (IsOfSomethingElse(path))
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw new DatasetException($"'{path}' is no manifest of sub-images: {exception.Message} Delete it and prepare the folder again.", exception);
        }
    }

    /// <summary>This manifest, where it names nothing but sub-images.</summary>
    /// <param name="path">The file that it was read from.</param>
    /// <param name="isJournal">Whether a source may be noted again, later.</param>
    /// <exception cref="DatasetException">It names another file, or one twice, or an entry is null.</exception>
    public SubImageManifest DemandOwnPaths(string path, bool isJournal = false) =>
        Sources.Any(source => source is null || source.SubImages.Contains(null!))
            ? throw new DatasetException($"'{path}' is no manifest of sub-images: an entry is null. Delete it and prepare the folder again.")
        : Sources.SelectMany(source => source.SubImages).FirstOrDefault(sub => !sub.HasOwnPath()) is { } other
            ? throw new DatasetException(
                $"'{path}' names '{other.File}', and sub-images are '{SubImageCutter.ImageFolder}/<name>.png'. It is damaged or hostile: use another folder.")
        : Sources.SelectMany(source => source.SubImages.Select(sub => (sub.File, Source: source.File))).GroupBy(sub => sub.File, StringComparer.Ordinal)
            .FirstOrDefault(group => (isJournal ? group.Distinct() : group).Count() > 1) is { } twice
            ? throw new DatasetException($"'{path}' names '{twice.Key}' twice. It is damaged: delete it and prepare the folder again.")
            : this;

    private static bool IsOfSomethingElse(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("sources", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public void Write(string folder)
    {
        using var file = OutputFile.Create(Path.Combine(folder, FileName), overwrite: true);
        JsonSerializer.Serialize(file.Stream, this, PreparationJson.Default.SubImageManifest);
        file.Stream.WriteByte((byte)'\n');
        file.Commit();
    }
}
