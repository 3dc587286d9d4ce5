using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SuperRes.Cli.CommandLine;

/// <summary>
/// Writes text that may come from elsewhere, files' names above all, without what a terminal would act on: a question mark
/// stands in place of each control character that is no line end or tab, and of each that changes the direction of writing.
/// </summary>
/// <param name="target">Where the text goes; not disposed.</param>
internal sealed class PrintableWriter(TextWriter target) : TextWriter(target.FormatProvider)
{
    public override Encoding Encoding => target.Encoding;

    [AllowNull]
    public override string NewLine
    {
        get => target.NewLine;
        set => target.NewLine = value;
    }

    public override void Write(char value) => target.Write(Clean(value, next: null));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => target.Write(Clean(buffer.ToString()));

    public override void Write(string? value) => target.Write(Clean(value));

    public override void WriteLine() => target.WriteLine();

    // In one piece: others write lines at the same time.
    public override void WriteLine(string? value) => target.WriteLine(Clean(value));

    public override void Flush() => target.Flush();

    /// <summary>Text as this writes it.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (Clean(text[i], Next(text, i)) != text[i])
            {
                return string.Concat(text.Select((letter, place) => Clean(letter, Next(text, place))));
            }
        }

        return text;
    }

    private static char? Next(string text, int place) => place + 1 < text.Length ? text[place + 1] : null;

    private static char Clean(char letter, char? next) => letter switch
    {
        '\n' or '\t' => letter,
        '\r' when next == '\n' => letter,
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' => '?',
        _ => char.IsControl(letter) ? '?' : letter,
    };
}
