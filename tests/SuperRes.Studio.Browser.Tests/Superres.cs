using System.Diagnostics;
using System.Text;

namespace SuperRes.Studio.Browser.Tests;

/// <summary>The built command as a process: what the page's results are held against, and the server itself.</summary>
internal static class Superres
{
    public static Process Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var name = OperatingSystem.IsWindows() ? "SuperRes.Cli.exe" : "SuperRes.Cli";
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end; fails the test with all it printed unless it ended with 0.</summary>
    public static async Task RunAsync(params IReadOnlyList<string> arguments)
    {
        using var process = Start(new Dictionary<string, string>(), arguments);
        var printed = new StringBuilder();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(8));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        printed.Append(await output).Append(await errors);
        Assert.True(process.ExitCode == 0, $"superres {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{printed}");
    }
}
