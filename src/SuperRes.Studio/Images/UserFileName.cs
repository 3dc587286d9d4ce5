namespace SuperRes.Studio.Images;

/// <summary>
/// What a user calls a file, made fit to be shown and to be suggested as a download's name. It never becomes a path on
/// this machine.
/// </summary>
internal static class UserFileName
{
    private const int LongestName = 120;
    private const string Unnamed = "image";

    // Refused by Windows, in a header, or in a zip file.
    private static readonly char[] Forbidden = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

    /// <summary>The last part of the name without anything that could be mistaken for a path or a control character.</summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "")[((name ?? "").LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = string.Concat(last.EnumerateRunes()
            .Where(rune => rune.Value >= ' ' && !System.Text.Rune.IsControl(rune) && !IsInvisible(rune) && !(rune.IsBmp && Forbidden.Contains((char)rune.Value)))
            .Take(LongestName));
        kept = kept.Trim(' ', '.');
        return kept.Length == 0 ? Unnamed : kept;
    }

    /// <summary>The cleaned name without its extension.</summary>
    public static string Stem(string cleaned) => Path.GetFileNameWithoutExtension(cleaned) is { Length: > 0 } stem ? stem : Unnamed;

    // Marks that turn text around could make 'gnp.exe' look like 'exe.png'.
    private static bool IsInvisible(System.Text.Rune rune) =>
        System.Text.Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.Surrogate;
}
