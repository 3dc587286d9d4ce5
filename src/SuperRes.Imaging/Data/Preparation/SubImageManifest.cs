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

    /// <summary>Reads a folder's manifest, or null where it has none.</summary>
    /// <exception cref="DatasetException">It can't be read.</exception>
    public static SubImageManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), PreparationJson.Default.SubImageManifest)
                ?? throw new DatasetException($"'{path}' is empty. Delete it and prepare the folder again.");
        }
        catch (JsonException exception)
        {
            throw new DatasetException($"'{path}' is no manifest of sub-images: {exception.Message} Delete it and prepare the folder again.", exception);
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
