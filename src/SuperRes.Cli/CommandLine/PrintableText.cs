namespace SuperRes.Cli.CommandLine;

/// <summary>Messages that may hold text from elsewhere, a file's name above all, without what a terminal would act on.</summary>
internal static class PrintableText
{
    private const string LineEndsAndTabs = "\r\n\t";

    /// <summary>The text with a question mark in place of each control character that is no line end or tab.</summary>
    public static string Of(string text) => text.Any(IsHarmful)
        ? string.Concat(text.Select(letter => IsHarmful(letter) ? '?' : letter))
        : text;

    private static bool IsHarmful(char letter) => char.IsControl(letter) && !LineEndsAndTabs.Contains(letter);
}
