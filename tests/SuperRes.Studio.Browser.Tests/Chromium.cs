namespace SuperRes.Studio.Browser.Tests;

/// <summary>The machine's own Chromium or Chrome.</summary>
internal static class Chromium
{
    /// <summary>Names the browser to use where it is in none of the usual places.</summary>
    public const string Variable = "SUPERRES_CHROMIUM";

    public const string Missing = "No Chromium here: install the package chromium, or name a Chromium or Chrome in " + Variable + ".";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Root has no sandbox to give; nothing may call home.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb",
    ];
}
