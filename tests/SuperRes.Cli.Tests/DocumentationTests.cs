using System.CommandLine;
using System.Text.RegularExpressions;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands;

namespace SuperRes.Cli.Tests;

/// <summary>Every command line in the documentation is one that the command understands.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string, string> CommandLines =>
        new(Documents().SelectMany(path => Lines(path).Select(line => (Path.GetRelativePath(RepositoryRoot(), path), line))));

    [Theory]
    [MemberData(nameof(CommandLines))]
    public void CommandLine_InADocument_Parses(string document, string line)
    {
        var arguments = Words().Matches(line).Select(word => word.Value.Trim('\'', '"')).ToArray();

        var errors = UsageErrors.Find(Root.Create().Parse(arguments), arguments);

        Assert.True(errors.Count == 0, $"{document}: superres {line}: {string.Join(' ', errors)}");
    }

    [Fact]
    public void CommandLines_OfTheReadme_AreFound() => Assert.True(CommandLines.Count >= 10);

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(RepositoryRoot(), "README.md")).Order(StringComparer.Ordinal);

    /// <summary>What follows 'superres' on the lines of code blocks, up to a comment, a pipe or a redirection; a line that ends with '\' goes on in the next.</summary>
    private static IEnumerable<string> Lines(string path)
    {
        var isCode = false;
        foreach (var line in ContinuedLine().Replace(File.ReadAllText(path), " ").Split('\n'))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (isCode && Invocation().Match(line) is { Success: true } match)
            {
                yield return match.Groups["arguments"].Value.Trim();
            }
        }
    }

    internal static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SuperRes.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"SuperRes.slnx was not found above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"(?:^|\s)(?:superres|dotnet run .*?SuperRes\.Cli --) (?<arguments>[^#|<>\[…]+)")]
    private static partial Regex Invocation();

    [GeneratedRegex(@" \\\r?\n\s*")]
    private static partial Regex ContinuedLine();

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Words();
}
