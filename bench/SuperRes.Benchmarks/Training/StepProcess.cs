using System.Diagnostics;
using System.Globalization;

namespace SuperRes.Benchmarks.Training;

/// <summary>A <see cref="StepWorker"/> in a process of its own, so that libtorch's threads spin in no other's way.</summary>
internal sealed class StepProcess : IDisposable
{
    private readonly Process _process;

    public StepProcess(string side, StepCase step, int threads)
    {
        _process = OwnProcess.Start(StepWorker.Command, side, step.Network, step.Patch.ToString(CultureInfo.InvariantCulture), threads.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Runs steps: mean milliseconds, resident and peak megabytes, and the last loss.</summary>
    public (double Milliseconds, double Resident, double Peak, double Loss) Run(int steps)
    {
        _process.StandardInput.WriteLine(steps);
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The worker ended with {_process.ExitCode}; its message is above.");
        var values = line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        return (values[0], values[1], values[2], values[3]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
