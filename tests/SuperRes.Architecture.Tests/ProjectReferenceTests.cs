using System.Xml.Linq;

namespace SuperRes.Architecture.Tests;

/// <summary>The arrows between the projects of <c>src/</c>. Nothing points back.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["SuperRes"] = [],
        ["SuperRes.Imaging"] = ["SuperRes"],
        ["SuperRes.Training"] = ["SuperRes", "SuperRes.Imaging"],
        ["SuperRes.Torch"] = ["SuperRes", "SuperRes.Imaging", "SuperRes.Training"],
        ["SuperRes.Onnx"] = ["SuperRes"],
        ["SuperRes.Studio"] = ["SuperRes", "SuperRes.Imaging"],
        ["SuperRes.Cli"] = ["SuperRes", "SuperRes.Imaging", "SuperRes.Training", "SuperRes.Onnx", "SuperRes.Studio", "SuperRes.Torch"],
    };

    public static TheoryData<string> Projects => new(Repository.SourceProjects().Keys);

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfEachProject_AreAllowed(string project)
    {
        Assert.True(AllowedReferences.TryGetValue(project, out var allowed), $"{project} is not in the table of allowed references.");

        var references = Repository.SourceProjects()[project].Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void PackageReferences_OfTheCoreLibrary_AreNone() =>
        Assert.Empty(Repository.SourceProjects()["SuperRes"].Descendants("PackageReference"));

    [Fact]
    public void TorchReference_OfTheCommand_IsConditional()
    {
        var references = Repository.SourceProjects()["SuperRes.Cli"].Descendants("ProjectReference")
            .Where(reference => reference.Attribute("Include")!.Value.Contains("SuperRes.Torch", StringComparison.Ordinal));

        Assert.All(references, reference =>
            Assert.Contains("Torch", (reference.Attribute("Condition") ?? reference.Parent!.Attribute("Condition"))?.Value ?? "", StringComparison.Ordinal));
    }
}
