using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SuperRes.Cli.Tests.EndToEnd;

/// <summary>The built command as a process of its own: real streams, signals and exit codes.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _firstOutput = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CliProcess(byte[]? input, string[] arguments)
    {
        var name = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "SuperRes.Cli.exe" : "SuperRes.Cli";
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardErrorEncoding = Encoding.UTF8,
            },
        };
        _process.ErrorDataReceived += (_, line) => AddErrorLine(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        _output = ReadAllAsync(_process.StandardOutput.BaseStream);
        _process.StandardInput.BaseStream.Write(input ?? []);
        _process.StandardInput.Close();
    }

    public static CliProcess Start(params string[] arguments) => new(null, arguments);

    public static async Task<CliRun> RunAsync(byte[]? input, params string[] arguments)
    {
        using var process = new CliProcess(input, arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for the first line on stderr.</summary>
    public Task FirstLineAsync() => _firstLine.Task.WaitAsync(TimeSpan.FromSeconds(300));

    /// <summary>Waits for the first line on stdout.</summary>
    public Task<string> FirstOutputLineAsync() => _firstOutput.Task.WaitAsync(TimeSpan.FromSeconds(300));

    /// <summary>What Ctrl-C sends.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>Sends a signal by its name.</summary>
    public void Signal(string name) => Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>What kill -9 does; false where the process had ended before.</summary>
    public bool Kill()
    {
        var wasRunning = !_process.HasExited;
        _process.Kill();
        _process.WaitForExit();
        return wasRunning;
    }

    /// <summary>Looks again and again how much memory the process has held at most, until it ends; bytes. Linux only.</summary>
    public async Task<long> WatchPeakMemory()
    {
        const string Field = "VmHWM:";
        var peak = 0L;
        while (!_process.HasExited)
        {
            try
            {
                var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal));
                peak = line is null ? peak : 1024 * long.Parse(line[Field.Length..].Replace("kB", "").Trim(), System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // Ended in the meantime.
            }

            await Task.Delay(10);
        }

        return peak;
    }

    public async Task<CliRun> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(300));
        await _process.WaitForExitAsync(limit.Token);
        return new CliRun(_process.ExitCode, await _output, _error.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
        {
            all.Write(buffer, 0, count);
            if (!_firstOutput.Task.IsCompleted && all.GetBuffer().AsSpan(0, (int)all.Length).IndexOf((byte)'\n') is >= 0 and var end)
            {
                _firstOutput.TrySetResult(Encoding.UTF8.GetString(all.GetBuffer(), 0, end));
            }
        }

        return all.ToArray();
    }

    private void AddErrorLine(string? line)
    {
        if (line is not null)
        {
            _error.Append(line).Append('\n');
            _firstLine.TrySetResult();
        }
    }
}
