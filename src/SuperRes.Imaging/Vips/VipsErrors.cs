using NetVips;

namespace SuperRes.Imaging.Vips;

/// <summary>Turns libvips' error log into words for one line.</summary>
internal static class VipsErrors
{
    private const int MaxLength = 160;

    /// <summary>
    /// The last complaint, without the operation's name in front. libvips has one error log for the whole process and
    /// appends to it, so the lines before it may belong to other work.
    /// </summary>
    public static string OneLine(Exception error)
    {
        var lines = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (error is not VipsException || lines.Length < 2)
        {
            return error.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        }

        var line = lines[^1];
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 0 && !line.AsSpan(0, colon).Contains(' '))
        {
            line = line[(colon + 2)..];
        }

        line = line.TrimEnd('.', ' ');
        return line.Length <= MaxLength ? line : line[..MaxLength] + "…";
    }
}
