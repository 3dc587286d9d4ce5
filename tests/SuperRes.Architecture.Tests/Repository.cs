using System.Xml.Linq;

namespace SuperRes.Architecture.Tests;

/// <summary>The repository's own files, found from the test's folder upwards.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static Dictionary<string, XDocument> SourceProjects() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => XDocument.Load(path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SuperRes.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"SuperRes.slnx was not found above {AppContext.BaseDirectory}.");
    }
}
