using System.Text.RegularExpressions;

namespace SuperRes.Architecture.Tests;

/// <summary>What the documents point at is there, and what the results claim stands in a committed report.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Results = Path.Combine(Repository.Root, "docs", "results.md");

    /// <summary>The committed reports without the backslashes that Markdown wants before brackets, and with hyphens for minus signs.</summary>
    private static readonly string Reports = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "results"), "report.md", SearchOption.AllDirectories).Select(path => File.ReadAllText(path).Replace("\\", "", StringComparison.Ordinal).Replace('−', '-')));

    public static TheoryData<string> Documents => new(
        new[] { "docs", "models", "bench", "samples", "src" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal));

    /// <summary>What each answer, or a table of answers, says of a difference, whatever the document calls the two networks.</summary>
    public static TheoryData<string> Claims => new(
        File.ReadLines(Results).SelectMany(line => line switch
        {
            ['-', ' ', ..] => Difference().Matches(line).Select(match => match.Value),
            ['|', ..] => TabledDifference().Matches(line).Select(match => match.Value),
            _ => [],
        }).Distinct());

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_OfADocument_LeadSomewhere(string document)
    {
        var path = Path.Combine(Repository.Root, document);
        var links = Link().Matches(File.ReadAllText(path)).Where(link => !link.Value.Contains("://", StringComparison.Ordinal));

        Assert.DoesNotContain(links, link => !LeadsSomewhere(path, link.Groups["target"].Value, link.Groups["heading"].Value));
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Claim_InTheResults_StandsInAReport(string claim)
    {
        // A tabled one is an answer's, or what looking adds, which stands in a table behind how far the weights differ.
        var form = claim.StartsWith("by ", StringComparison.Ordinal)
            ? Regex.Escape(claim)
            : $@"{Regex.Escape($"by {claim.Replace(" [", " dB [", StringComparison.Ordinal)} over")}|% (\(\d of \d seeds\) )?\| {Regex.Escape(claim)} (\||\()";
        Assert.Matches(form, Reports);
    }

    [Fact]
    public void Values_InTheResultsTables_StandInAReport()
    {
        var values = Value().Matches(File.ReadAllText(Results)).Select(match => match.Value).ToArray();

        Assert.NotEmpty(values);
        Assert.DoesNotContain(values, value => !Reports.Contains(value, StringComparison.Ordinal));
    }

    private static bool LeadsSomewhere(string document, string target, string heading)
    {
        var path = target.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(target));
        return Path.Exists(path) && (heading.Length == 0 || File.ReadLines(path).Where(line => line.StartsWith('#')).Any(line => Anchor(line) == heading));
    }

    /// <summary>A heading as GitHub links to it: small letters, digits and dashes.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.TrimStart('#', ' ').ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)#\s]*)(#(?<heading>[^)]*))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"by [-+][0-9.]+ dB \[.*")]
    private static partial Regex Difference();

    [GeneratedRegex(@"(?<=\| )(?<mean>[-+][0-9.]+) (?<interval>\[[^]]+\])(?= \|)")]
    private static partial Regex TabledDifference();

    [GeneratedRegex(@"\d\d\.\d{3}( ± \d\.\d{3})?(?= \|)|\d+\.\d\d ± \d+\.\d\d %")]
    private static partial Regex Value();
}
