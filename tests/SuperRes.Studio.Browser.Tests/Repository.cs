namespace SuperRes.Studio.Browser.Tests;

/// <summary>The repository's own files, found from the test's folder upwards.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A sample photo, 640 pixels wide.</summary>
    public static string Sample(string name) => Path.Combine(Root, "samples", "heldout", name);

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
