using System.Diagnostics;

namespace SuperRes.Benchmarks;

/// <summary>This program in a further process.</summary>
internal static class OwnProcess
{
    /// <summary>Starts it, with its standard input and output in the caller's hands.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        // Started as "dotnet program.dll", the program is an argument; started by its own executable, it is none.
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
