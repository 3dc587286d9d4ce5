using System.Text;
using System.Text.RegularExpressions;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>
/// File name patterns as shells have them, for patterns that come quoted or from a shell that does not expand them:
/// <c>*</c> and <c>?</c> within a name, <c>[a-z]</c> and <c>[!a-z]</c>, and <c>**</c> for any depth of folders.
/// </summary>
internal static class FilePattern
{
    private static readonly char[] Wildcards = ['*', '?', '['];

    public static bool IsPattern(string name) => name.IndexOfAny(Wildcards) >= 0;

    /// <summary>The folder to search, what the paths below it must match ('/' between the parts), and whether folders below count.</summary>
    /// <exception cref="CommandLine.CommandException">It has a range that goes backwards.</exception>
    public static (string Folder, Regex Matcher, bool IsDeep) Parse(string pattern)
    {
        var parts = pattern.Replace(Path.DirectorySeparatorChar, '/').Split('/');
        var first = Array.FindIndex(parts, IsPattern);
        var folder = first == 0 ? "." : string.Join('/', parts[..first]);
        var rest = parts[first..];
        var expression = new StringBuilder("^");
        for (var i = 0; i < rest.Length; i++)
        {
            expression.Append(rest[i] == "**" ? (i == rest.Length - 1 ? ".*" : "(?:.*/)?") : NamePart(rest[i]));
            expression.Append(i == rest.Length - 1 || rest[i] == "**" ? "" : "/");
        }

        // A pattern may come from anywhere; without backtracking no pattern can take forever.
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline
            | (FilePaths.Comparer == StringComparer.OrdinalIgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return (folder.Length == 0 ? "/" : folder, new Regex(expression.Append('$').ToString(), options), rest.Length > 1 || rest[0] == "**");
        }
        catch (RegexParseException exception)
        {
            throw CommandLine.CommandException.Usage($"'{pattern}' is no pattern: a range such as [a-z] goes from the lower to the higher.", exception);
        }
    }

    private static string NamePart(string part)
    {
        var expression = new StringBuilder();
        for (var i = 0; i < part.Length; i++)
        {
            var close = part[i] == '[' ? part.IndexOf(']', Math.Min(i + 2, part.Length)) : -1;
            if (close > 0)
            {
                var set = part[(i + 1)..close];
                var negated = set[0] is '!' or '^';
                expression.Append(negated ? "[^/" : "[").Append((negated ? set[1..] : set).Replace("\\", "\\\\").Replace("[", "\\[")).Append(']');
                i = close;
            }
            else
            {
                expression.Append(part[i] switch { '*' => "[^/]*", '?' => "[^/]", var other => Regex.Escape(other.ToString()) });
            }
        }

        return expression.ToString();
    }
}
