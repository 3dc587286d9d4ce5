using System.Globalization;

namespace SuperRes.Imaging.Data.Folders;

/// <summary>A folder of low-resolution images that belongs to a data set.</summary>
/// <param name="Track">How they were made, as the folder's name tells: <c>bicubic</c>, <c>unknown</c>, <c>mild</c>.</param>
/// <param name="Scale">How many times smaller they are.</param>
/// <param name="Path">Where they are.</param>
public sealed record LowResolutionFolder(string Track, int Scale, string Path)
{
    /// <summary>The track that the literature measures on, made with MATLAB's <c>imresize</c>.</summary>
    public const string BicubicTrack = "bicubic";

    // The realistic tracks of DIV2K end in the track's initial, and wild has up to four versions of an image (0001x4w1).
    private static readonly string[] Endings = ["", "m", "d", "w", "w1", "w2", "w3", "w4"];

    /// <summary>The low-resolution version of an image, or null where the folder has none.</summary>
    public string? FindImage(DatasetImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        string[] usual = [".png", System.IO.Path.GetExtension(image.Path)];
        return StemsOf(image.Name).SelectMany(stem => usual.Select(ending => System.IO.Path.Combine(Path, stem + ending))).FirstOrDefault(File.Exists)
            ?? ImageFolder.List(Path).FirstOrDefault(file => StemsOf(image.Name).Contains(file.Name))?.Path;
    }

    /// <summary>The file that this project writes for an image.</summary>
    internal string UsualPathOf(DatasetImage image) => System.IO.Path.Combine(Path, StemOf(image.Name, Scale) + ".png");

    /// <summary>The file name, without extension, that this project writes: <c>babyx4</c>.</summary>
    internal static string StemOf(string name, int scale) => string.Create(CultureInfo.InvariantCulture, $"{name}x{scale}");

    /// <summary>File names, without extension, under which the image for a name may be found, the usual first.</summary>
    internal IEnumerable<string> StemsOf(string name) => Endings.Select(ending => StemOf(name, Scale) + ending).Append(name);

    /// <summary>The name of the image that a file here was made from, read from the file's name.</summary>
    internal string NameOf(string stem)
    {
        foreach (var ending in Endings)
        {
            var tail = StemOf("", Scale) + ending;
            if (stem.Length > tail.Length && stem.EndsWith(tail, StringComparison.Ordinal))
            {
                return stem[..^tail.Length];
            }
        }

        return stem;
    }
}
