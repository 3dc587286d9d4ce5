namespace SuperRes.Training.Tests;

/// <summary>The repository's own files, found from the test's folder upwards.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Recipes => Path.Combine(Root, "recipes");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SuperRes.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("SuperRes.slnx was not found.");
        }

        return folder.FullName;
    }
}
