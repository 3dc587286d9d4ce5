namespace SuperRes.Training.Ablation.Running;

/// <summary>
/// Where a process number means something. The machine's name alone does not say: copies of a virtual machine share it,
/// and containers may. On Linux the boot and the process namespace are part of it.
/// </summary>
internal static class MachineIdentity
{
    /// <summary>Equal for two processes only if each could see the other among the running ones.</summary>
    public static string Here { get; } = string.Join(' ', [Environment.MachineName, BootIdentity(), ProcessNamespace()]);

    private static string BootIdentity()
    {
        const string Path = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Path) ? File.ReadAllText(Path).Trim() : "";
    }

    private static string ProcessNamespace() =>
        OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget ?? "" : "";
}
