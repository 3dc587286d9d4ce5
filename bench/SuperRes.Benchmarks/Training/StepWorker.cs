using System.Diagnostics;
using System.Globalization;

namespace SuperRes.Benchmarks.Training;

/// <summary>
/// A process that runs steps when asked: a line with a number on standard input, and one with the mean milliseconds, the
/// resident and the peak megabytes and the last loss on standard output.
/// </summary>
internal static class StepWorker
{
    public const string Command = "training-worker";
    public const string Engine = "SuperRes";
    public const string Torch = "TorchSharp";

    /// <summary>Arguments: the side, the network, the patch and the threads.</summary>
    public static int Run(string[] arguments)
    {
        var step = new StepCase(arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture), Target: 0);
        var threads = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        using IDisposable owner = arguments[0] == Torch ? new TorchStep(step, threads) : new EngineStep(step, threads);
        Func<double> run = owner is TorchStep torch ? torch.Run : ((EngineStep)owner).Run;
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            var count = int.Parse(line, CultureInfo.InvariantCulture);
            double loss = 0;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                loss = run();
            }

            var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {Megabytes("VmRSS:")} {Megabytes("VmHWM:")} {loss}"));
        }

        return 0;
    }

    private static double Megabytes(string key)
    {
        const string Status = "/proc/self/status";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) : null;
        return line is null ? Environment.WorkingSet / 1e6 : long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
