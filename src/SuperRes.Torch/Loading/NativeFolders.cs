using System.Runtime.InteropServices;

namespace SuperRes.Torch.Loading;

/// <summary>Where a program's own native libraries lie: the host's list, and the layouts of build and publish.</summary>
internal static class NativeFolders
{
    /// <summary>A library's file name on this system.</summary>
    public static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>The first folder that holds a file, or null.</summary>
    public static string? Find(string file) => All().FirstOrDefault(folder => File.Exists(Path.Combine(folder, file)));

    private static IEnumerable<string> All()
    {
        var listed = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        var runtime = $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        return listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", runtime, "native"));
    }
}
