using System.Diagnostics;
using System.Globalization;

namespace SuperRes.Cli.Commands.Bench;

/// <summary>The most memory that this process has held at once.</summary>
internal static class PeakMemory
{
    /// <summary>In bytes. Process.PeakWorkingSet64 is 0 on Linux for the process itself in some containers; the kernel's own figure is not.</summary>
    public static long Read()
    {
        const string Status = "/proc/self/status";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        if (line is not null && long.TryParse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes))
        {
            return kilobytes * 1024;
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
