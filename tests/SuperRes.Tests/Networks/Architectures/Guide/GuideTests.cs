using System.Text.RegularExpressions;
using SuperRes.Engine.Reference;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks.Architectures.Guide;

/// <summary>Holds docs/adding-an-architecture.md to code that compiles and runs.</summary>
public sealed partial class GuideTests
{
    private const string Guide = "docs/adding-an-architecture.md";

    // By hand: 5x5 to 56, 1x1 to 12, four 3x3, 1x1 to 56, 3x3 to 48, each with bias and, but the last, slopes.
    [Fact]
    public void Fsrcnn_OfTheGuide_IsTheSumOfItsLayers()
    {
        const int Sum = ((75 + 2) * 56) + ((56 + 2) * 12) + (4 * (108 + 2) * 12) + ((12 + 2) * 56) + (((9 * 56) + 1) * 48);
        Assert.Equal(Sum, new FsrcnnOptions().BuildGraph().TrainableCount);
    }

    [Fact]
    public void Fsrcnn_OfTheGuide_Runs()
    {
        var graph = new FsrcnnOptions { Scale = 3, Attention = new CbamOptions() }.BuildGraph();
        var y = new ReferenceExecutor(graph, Weights.Initialize(graph, 1)).Run(Pictures.Random(1, 3, 5, 4)).Output;
        Assert.Equal((15, 12), (y.Height, y.Width));
        Assert.All(y.Values, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Code_InTheGuide_IsInTheRepository()
    {
        var root = RepositoryRoot();
        var text = File.ReadAllText(Path.Combine(root, Guide)).ReplaceLineEndings("\n");
        var snippets = Snippet().Matches(text);
        Assert.NotEmpty(snippets);
        Assert.All(snippets, match =>
        {
            var source = File.ReadAllText(Path.Combine(root, match.Groups["file"].Value)).ReplaceLineEndings("\n");
            Assert.Contains(Unindented(match.Groups["code"].Value), Unindented(source), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Files_NamedInTheGuide_Exist()
    {
        var root = RepositoryRoot();
        var names = FileName().Matches(File.ReadAllText(Path.Combine(root, Guide))).Select(match => match.Value).Distinct();
        Assert.All(names, name => Assert.True(Path.Exists(Path.Combine(root, name)), name));
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SuperRes.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return folder;
    }

    [GeneratedRegex("""<!-- from (?<file>\S+) -->\n```csharp\n(?<code>.*?)\n```""", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"(?<=`)(?:src|tests|docs|recipes)/[\w./]+(?=`)")]
    private static partial Regex FileName();
}
