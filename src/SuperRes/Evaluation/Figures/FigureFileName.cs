using System.Buffers;
using System.Globalization;

namespace SuperRes.Evaluation.Figures;

/// <summary>Names figures' files so that any data set's and image's name gives one that every file system takes.</summary>
internal static class FigureFileName
{
    public const string Folder = "figures";

    // File systems allow 255 bytes; a character takes up to 3 of them per UTF-16 unit.
    private const int MostNameCharacters = 30;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|#%&{}()[]$!'`=@+~^ \t\r\n\0");

    /// <param name="number">Counts the report's figures from 1, which keeps names apart.</param>
    /// <param name="dataset">Data set's name, any text.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="image">Image's name, any text.</param>
    public static string Of(int number, string dataset, int scale, string image) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder}/{number:00}-{Clean(dataset)}-x{scale}-{Clean(image)}.png");

    private static string Clean(string name)
    {
        var kept = name.Length <= MostNameCharacters ? name : name[..MostNameCharacters];
        if (kept.Length > 0 && char.IsHighSurrogate(kept[^1]))
        {
            kept = kept[..^1];
        }

        return string.Concat(kept.Select(character => Forbidden.Contains(character) || char.IsControl(character) ? '_' : character)).TrimEnd('.');
    }
}
