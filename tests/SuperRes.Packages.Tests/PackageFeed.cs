using System.IO.Compression;
using System.Xml.Linq;
using SuperRes.Packages.Tests;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace SuperRes.Packages.Tests;

/// <summary>All packages of the repository, packed once into a folder that is also a NuGet feed.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("superres-packages-").FullName;

    /// <summary>Packs what is built.</summary>
    public PackageFeed()
    {
        foreach (var project in Names)
        {
            ProgramRun.Dotnet(
                Repository.Root, "pack", $"src/{project}", "--no-build", "-c", Repository.Configuration, "-o", Folder, "--nologo", "-v", "quiet").Checked();
        }

        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Folder, "SuperRes.Onnx.*.nupkg").Single())["SuperRes.Onnx.".Length..];
    }

    /// <summary>The packages' names, which are also the projects'.</summary>
    public static string[] Names { get; } = ["SuperRes", "SuperRes.Imaging", "SuperRes.Training", "SuperRes.Onnx", "SuperRes.Cli"];

    /// <summary>Where the packages are.</summary>
    public string Folder => Path.Combine(_root, "feed");

    /// <summary>The version that all share.</summary>
    public string Version { get; }

    /// <summary>Opens a package, or its symbols.</summary>
    public ZipArchive Open(string name, string extension = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(Folder, $"{name}.{Version}.{extension}"));

    /// <summary>Writes a console project outside the repository that gets SuperRes from this feed and from nowhere else.</summary>
    /// <returns>The project's folder.</returns>
    public string CreateProject(string name, string package, IReadOnlyDictionary<string, string> sources, string properties = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        var project = XDocument.Parse($"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestoreSources>{Folder}</RestoreSources>
                <RestorePackagesPath>{Path.Combine(_root, "cache")}</RestorePackagesPath>
                <RestoreFallbackFolders>{MachineCache}</RestoreFallbackFolders>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="[{Version}]" />
              </ItemGroup>
            </Project>
            """);
        project.Save(Path.Combine(folder, $"{name}.csproj"));
        foreach (var (file, text) in sources)
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }

        return folder;
    }

    /// <summary>A folder of this run's own, deleted at its end.</summary>
    public string CreateFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Other people's packages: the repository's own build has put them there, so no network is needed.</summary>
    private static string MachineCache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
