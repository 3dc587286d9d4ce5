using System.Reflection;

namespace SuperRes.Packages.Tests;

/// <summary>The repository's own files, found from the test's folder upwards.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Release or Debug: what these tests, and with them the projects that they pack, were built as.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

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
