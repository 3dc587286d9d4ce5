using NetVips;

namespace SuperRes.Imaging.Vips;

/// <summary>Turns libvips' error log into words for one line.</summary>
internal static class VipsErrors
{
    private const int MaxLength = 160;

    /// <summary>
    /// What an exception says, in one line without its full stop. libvips has one error log for the whole process,
    /// where warnings about other files linger, so only the last line by a module of the right name counts.
    /// </summary>
    /// <param name="error">Any exception.</param>
    /// <param name="modules">Beginnings of the names of the modules that may have failed.</param>
    /// <param name="otherwise">What to say where libvips gives no reason.</param>
    public static string OneLine(Exception error, ReadOnlySpan<string> modules, string otherwise)
    {
        if (error is not VipsException)
        {
            return Shorten(error.Message.ReplaceLineEndings(" "));
        }

        var lines = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines.Reverse())
        {
            foreach (var module in modules)
            {
                if (line.StartsWith(module, StringComparison.OrdinalIgnoreCase) &&
                    line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && IsTelling(line.AsSpan(colon + 2)))
                {
                    return Shorten(line[(colon + 2)..]);
                }
            }
        }

        return otherwise;
    }

    // libheif sometimes has only a code in brackets to say, and libvips that something else failed.
    private static bool IsTelling(ReadOnlySpan<char> reason) =>
        !reason.StartsWith("(") && reason is not ("unable to open source for input" or "load error");

    private static string Shorten(string text)
    {
        text = text.TrimEnd('.', ' ');
        return text.Length <= MaxLength ? text : text[..MaxLength] + "…";
    }
}
