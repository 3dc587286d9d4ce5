using System.Xml.Linq;

namespace SuperRes.Packages.Tests;

/// <summary>What is in the packages, read from the zip files themselves.</summary>
public sealed class PackageContentTests(PackageFeed feed)
{
    public static TheoryData<string> Names => new(PackageFeed.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Package_OfEachProject_HasReadmeIconLicenceAndDescription(string name)
    {
        using var package = feed.Open(name);
        var metadata = Metadata(name);

        Assert.NotNull(package.GetEntry(metadata["readme"]!.Value));
        Assert.NotNull(package.GetEntry(metadata["icon"]!.Value));
        Assert.Equal("MIT", metadata["license"]!.Value);
        Assert.NotEmpty(metadata["description"]!.Value);
        Assert.Contains("super-resolution", metadata["tags"]!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Symbols_OfEachProject_HoldItsDebugInformation(string name)
    {
        using var symbols = feed.Open(name, "snupkg");

        Assert.Contains(symbols.Entries, entry => entry.Name == $"{name}.pdb");
    }

    [Fact]
    public void Dependencies_OfTheCoreLibrary_AreNone() =>
        Assert.Empty(Dependencies("SuperRes"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Dependencies_OnEachOther_AreOnExactlyThisVersion(string name) =>
        Assert.All(
            Dependencies(name).Where(dependency => PackageFeed.Names.Contains(dependency.Attribute("id")!.Value)),
            dependency => Assert.Equal($"[{feed.Version}]", dependency.Attribute("version")!.Value));

    [Fact]
    public void Dependencies_OfImaging_HaveTheCoreLibrary() =>
        Assert.Contains(Dependencies("SuperRes.Imaging"), dependency => dependency.Attribute("id")!.Value == "SuperRes");

    [Fact]
    public void Library_OfTheCorePackage_IsManagedOnly()
    {
        using var package = feed.Open("SuperRes");

        Assert.Equal(["lib/net10.0/SuperRes.dll", "lib/net10.0/SuperRes.xml"], package.Entries
            .Select(entry => entry.FullName).Where(path => path.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.StartsWith("runtimes/", StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_OfTheSolution_AreTheseAndNoOthers()
    {
        var packable = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => XDocument.Load(path).Descendants("IsPackable").Any(element => element.Value == "true"))
            .Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(PackageFeed.Names.Order(StringComparer.Ordinal), packable.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tool_TakenOutOfItsPackage_Runs()
    {
        var folder = feed.CreateFolder("tool");
        using (var package = feed.Open("SuperRes.Cli"))
        {
            foreach (var entry in package.Entries.Where(entry =>
                entry.FullName.StartsWith("tools/net10.0/any/", StringComparison.Ordinal) && !entry.FullName.Contains("/runtimes/", StringComparison.Ordinal)))
            {
                using var content = entry.Open();
                using var file = File.Create(Path.Combine(folder, entry.Name));
                content.CopyTo(file);
            }
        }

        var command = XDocument.Load(Path.Combine(folder, "DotnetToolSettings.xml")).Descendants("Command").Single();
        var run = ProgramRun.Dotnet(folder, command.Attribute("EntryPoint")!.Value, "--version").Checked();

        Assert.Equal("superres", command.Attribute("Name")!.Value);
        Assert.Contains(feed.Version, run.Output, StringComparison.Ordinal);
    }

    private IEnumerable<XElement> Dependencies(string name) =>
        Metadata(name).GetValueOrDefault("dependencies")?.Descendants().Where(element => element.Name.LocalName == "dependency") ?? [];

    private Dictionary<string, XElement> Metadata(string name)
    {
        using var package = feed.Open(name);
        using var specification = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(specification).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName);
    }
}
