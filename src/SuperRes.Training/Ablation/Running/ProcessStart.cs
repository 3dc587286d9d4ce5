using System.Diagnostics;
using System.Globalization;

namespace SuperRes.Training.Ablation.Running;

/// <summary>When a process of this machine started, so that two others agree on it: a process number that is used again is another process.</summary>
internal static class ProcessStart
{
    /// <summary>Where the system tells times only, two processes may work out a third one's a little apart; a number is not given out again so soon.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>On Linux the kernel's own count since it booted, elsewhere ticks of UTC.</summary>
    /// <remarks><see cref="Process.StartTime"/> is local time, and on Linux .NET adds that count to a boot time that each process works out from its own clock: with another time zone, or after the clock was set, two disagree.</remarks>
    /// <exception cref="InvalidOperationException">The process is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">Linux: the process is another user's, and the system does not tell.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">Elsewhere: the same.</exception>
    public static long Of(Process process) => OperatingSystem.IsLinux() ? SinceBoot(process.Id) : process.StartTime.ToUniversalTime().Ticks;

    /// <summary>Whether two starts are one.</summary>
    public static bool Same(long one, long other) => OperatingSystem.IsLinux() ? one == other : Math.Abs(one - other) < Tolerance.Ticks;

    private static long SinceBoot(int id)
    {
        try
        {
            // "42 (name) S 1 ...": the name may hold spaces and brackets; the start is the 22nd field, and the one behind the name the third.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[22 - 3], CultureInfo.InvariantCulture);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"Process {id} is gone.", exception);
        }
    }
}
