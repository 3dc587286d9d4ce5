namespace SuperRes;

/// <summary>Commands in messages, to be copied into a shell.</summary>
internal static class ShellText
{
    private const string Plain = "-_./=:,@%+";

    /// <summary>Words with a space between, those in single quotes that a shell would take apart.</summary>
    public static string Of(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>One word.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal)) ? word
        : OperatingSystem.IsWindows() ? $"\"{word}\""
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
