using System.Diagnostics;

namespace SuperRes.Cli.Tests.EndToEnd;

/// <summary>A tiny file system in memory, to fill up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    /// <summary>Mounts it; null where that is not allowed.</summary>
    /// <param name="path">Where; the folder is made.</param>
    /// <param name="options">tmpfs options, such as <c>size=64k</c> or <c>ro</c>.</param>
    public static SmallDisk? TryMount(string path, string options)
    {
        Directory.CreateDirectory(path);
        return OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path)
            ? new SmallDisk(path)
            : null;
    }

    public void Dispose() => Run("umount", _path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
